using System.Buffers.Binary;
using System.IO.Hashing;

namespace VirtualView.State.Overlay.Journal;

/// <summary>Proves a row of the journal: its content, and that it stands in its table under its key.</summary>
internal static class JournalChecksum
{
    public static ulong OfInode(ulong id, ReadOnlySpan<byte> record) => Of('i', id, [], record);

    /// <param name="target">0 for a whiteout.</param>
    /// <param name="hidden">Empty in a row of a release that did not record it: its checksum is what it was.</param>
    public static ulong OfEntry(ulong parent, ReadOnlySpan<byte> name, ulong target, ReadOnlySpan<byte> hidden)
    {
        Span<byte> content = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(content, target);
        if (hidden.IsEmpty) return Of('e', parent, name, content[..8]);
        BinaryPrimitives.WriteUInt64LittleEndian(content[8..], XxHash3.HashToUInt64(hidden));
        return Of('e', parent, name, content);
    }

    public static ulong OfAttribute(ulong inode, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Of('a', inode, name, value);

    public static ulong OfUsed(ulong greatest) => Of('u', greatest, [], []);

    private static ulong Of(char table, ulong id, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        Span<byte> key = stackalloc byte[17];
        key[0] = (byte)table;
        BinaryPrimitives.WriteUInt64LittleEndian(key[1..], id);
        BinaryPrimitives.WriteUInt64LittleEndian(key[9..], XxHash3.HashToUInt64(name));
        return XxHash3.HashToUInt64(content, (long)XxHash3.HashToUInt64(key));
    }
}
