using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.State.Database;
using VirtualView.State.Trees;

namespace VirtualView.State.History;

/// <summary>Makes the <c>entries</c> of rows and takes them apart. The format stands in docs/state.md.</summary>
internal sealed class HistoryCodec
{
    private readonly ByteWriter _bytes = new();
    private readonly EntriesWriter _entries;

    public HistoryCodec() => _entries = new EntriesWriter(_bytes);

    public byte[] Whole(VirtualPath path, byte[] key, long number, long modified, bool isListed, ReadOnlySpan<SnapshotNode> entries)
    {
        _bytes.Reset();
        _entries.Append(path, entries);
        return Sealed(key, number, RowForm.Whole, modified, isListed);
    }

    public byte[] Step(VirtualPath path, byte[] key, long number, long modified, bool isListed, BackStep step)
    {
        _bytes.Reset();
        _bytes.Names(step.Removed);
        _entries.Append(path, step.Put.AsSpan());
        return Sealed(key, number, RowForm.Step, modified, isListed);
    }

    public byte[] Gone(byte[] key, long number)
    {
        _bytes.Reset();
        return Sealed(key, number, RowForm.Gone, 0, false);
    }

    /// <exception cref="DamagedDatabaseException">The row is not what was written.</exception>
    public static HistoryRow Read(VirtualPath path, byte[] key, long number, long form, long modified, bool isListed, ReadOnlySpan<byte> row)
    {
        if (row.Length < RowChecksum.SizeBytes) throw new DamagedDatabaseException($"the row of '{path}' is too short");
        var body = row[..^RowChecksum.SizeBytes];
        if (Checksum(key, number, (RowForm)form, modified, isListed, body) != MemoryMarshal.Read<ulong>(row[body.Length..]))
            throw new DamagedDatabaseException($"the row of '{path}' fails its checksum");
        return (RowForm)form switch
        {
            RowForm.Whole => new HistoryRow(number, RowForm.Whole, modified, isListed, EntriesReader.Read(path, body), null),
            RowForm.Step => new HistoryRow(number, RowForm.Step, modified, isListed, [], ReadStep(path, body)),
            RowForm.Gone => new HistoryRow(number, RowForm.Gone, 0, false, [], null),
            _ => throw new DamagedDatabaseException($"the row of '{path}' has form {form}"),
        };
    }

    private static BackStep ReadStep(VirtualPath path, ReadOnlySpan<byte> body)
    {
        var from = new ByteReader(body);
        var removed = from.Names().Names;
        return new BackStep(removed, ImmutableCollectionsMarshal.AsImmutableArray(EntriesReader.Read(path, from.Rest)));
    }

    private byte[] Sealed(byte[] key, long number, RowForm form, long modified, bool isListed)
    {
        _bytes.Hash(Checksum(key, number, form, modified, isListed, _bytes.Written));
        return _bytes.Written.ToArray();
    }

    /// <summary>Over the number and the form too: an old row that comes back does not pass for a new one.</summary>
    private static ulong Checksum(ReadOnlySpan<byte> key, long number, RowForm form, long modified, bool isListed, ReadOnlySpan<byte> body)
    {
        Span<byte> head = stackalloc byte[8 + 8 + 8 + 1 + 1];
        BinaryPrimitives.WriteUInt64LittleEndian(head, XxHash3.HashToUInt64(key));
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], number);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], modified);
        head[24] = (byte)form;
        head[25] = isListed ? (byte)1 : (byte)0;
        return XxHash3.HashToUInt64(body, (long)XxHash3.HashToUInt64(head));
    }
}
