using System.Collections.Immutable;
using System.Runtime.InteropServices;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.State.Database;
using VirtualView.State.Trees;

namespace VirtualView.State.Overlay.Journal;

/// <summary>Takes apart what <see cref="InodeWriter"/> wrote.</summary>
internal static class InodeReader
{
    public static bool IsProven(ulong id, ReadOnlySpan<byte> record) =>
        record.Length > RowChecksum.SizeBytes
        && JournalChecksum.OfInode(id, record[..^RowChecksum.SizeBytes]) == MemoryMarshal.Read<ulong>(record[^RowChecksum.SizeBytes..]);

    /// <exception cref="DamagedDatabaseException">The record is not what was written.</exception>
    public static LocalInodeRecord Read(LocalId id, ReadOnlySpan<byte> record)
    {
        if (!IsProven(id.Value, record)) throw new DamagedDatabaseException("fails its checksum");
        var from = new ByteReader(record[..^RowChecksum.SizeBytes]);
        if (from.Byte() is var format && format != InodeWriter.Format) throw new DamagedDatabaseException($"has format {format}");
        try
        {
            var inode = ReadParts(id, ref from);
            if (!from.IsAtEnd) throw new DamagedDatabaseException("is too long");
            return InodeKinds.Contradiction(inode) is { } what ? throw new DamagedDatabaseException($"has {what}") : inode;
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new DamagedDatabaseException(e.Message); // values that no type of Core lets be
        }
    }

    private static LocalInodeRecord ReadParts(LocalId id, ref ByteReader from)
    {
        var kind = from.Byte();
        var parts = (InodeParts)from.Byte();
        if ((parts & ~InodeParts.All) != 0) throw new DamagedDatabaseException($"has parts {(byte)parts}");
        return new LocalInodeRecord
        {
            Id = id,
            Kind = InodeKinds.FromByte(kind) ?? throw new DamagedDatabaseException($"is of kind {kind}"),
            Mode = checked((int)from.Varint()),
            Uid = checked((uint)from.Varint()),
            Gid = checked((uint)from.Varint()),
            Links = checked((uint)from.Varint()),
            InodeNumber = (ulong)from.Int64(),
            AccessedAt = new UnixTime(from.Int64()),
            ModifiedAt = new UnixTime(from.Int64()),
            ChangedAt = new UnixTime(from.Int64()),
            Device = (parts & InodeParts.Device) != 0 ? checked((uint)from.Varint()) : 0,
            Target = (parts & InodeParts.Target) != 0 ? [.. from.LengthAndBytes()] : [],
            BaseDirectory = (parts & InodeParts.BaseDirectory) != 0 ? from.Names() : null,
            BaseFile = (parts & InodeParts.BaseFile) != 0 ? ReadBase(ref from) : null,
            KeepsAttributes = (parts & InodeParts.KeepsAttributes) != 0,
        };
    }

    private static LocalFileBase ReadBase(ref ByteReader from)
    {
        var path = from.Names();
        var version = from.Version(path);
        return new LocalFileBase(path, version, from.Varint(), from.Varint(), ReadRanges(ref from));
    }

    private static RangeSet ReadRanges(ref ByteReader from)
    {
        var ranges = new ByteRange[from.Count()];
        long end = 0;
        for (var i = 0; i < ranges.Length; i++)
        {
            ranges[i] = new ByteRange(checked(end + from.Varint()), from.Varint());
            end = ranges[i].End;
        }

        return RangeSet.Of(ranges);
    }
}
