using System.Runtime.InteropServices;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch;

/// <summary>Packs entries into a reply, each at a multiple of 8 bytes, until the next one does not fit.</summary>
internal sealed unsafe class DirectoryReply(Memory<byte> into, bool withAttributes, AttributeEncoder encoder) : IDirectoryReply
{
    /// <summary>How much of the reply is filled.</summary>
    public int Bytes { get; private set; }

    public bool Add(ReadOnlySpan<byte> name, EntryKind kind, ulong inodeNumber, long nextPosition) =>
        Add(name, FileTypes.Of(kind), inodeNumber, nextPosition, default);

    public bool Add(PathName name, in NodeAttributes attributes, long nextPosition)
    {
        // A plain READDIR looks nothing up: a count for it would never be given back.
        if (!withAttributes) throw new InvalidOperationException("attributes were not asked for");
        return Add(name.Bytes, FileTypes.Of(attributes.Kind), attributes.InodeNumber, nextPosition, encoder.Entry(attributes));
    }

    private bool Add(ReadOnlySpan<byte> name, uint type, ulong inodeNumber, long nextPosition, in EntryOut entry)
    {
        var fixedBytes = withAttributes ? sizeof(DirectoryEntryPlus) : sizeof(DirectoryEntry);
        var length = (fixedBytes + name.Length + 7) & ~7;
        if (length > into.Length - Bytes) return false;
        var room = into.Span.Slice(Bytes, length);
        room[^8..].Clear(); // what follows the name up to the boundary
        if (withAttributes) MemoryMarshal.Write(room, in entry);
        MemoryMarshal.Write(room[(fixedBytes - sizeof(DirectoryEntry))..], new DirectoryEntry
        {
            InodeNumber = inodeNumber,
            NextPosition = (ulong)nextPosition,
            NameBytes = (uint)name.Length,
            Type = type,
        });
        name.CopyTo(room[fixedBytes..]);
        Bytes += length;
        return true;
    }
}
