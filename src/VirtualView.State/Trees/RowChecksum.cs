using System.Buffers.Binary;
using System.IO.Hashing;

namespace VirtualView.State.Trees;

/// <summary>Proves a whole row: also that it stands where it was written.</summary>
internal static class RowChecksum
{
    public const int SizeBytes = 8;

    /// <summary>Of the row that says which snapshot it is.</summary>
    public static long OfHead(long number, long takenAt)
    {
        Span<byte> head = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(head, number);
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], takenAt);
        return (long)XxHash3.HashToUInt64(head);
    }

    public static ulong Of(ReadOnlySpan<byte> key, long modified, bool listed, ReadOnlySpan<byte> entries)
    {
        Span<byte> head = stackalloc byte[17];
        BinaryPrimitives.WriteUInt64LittleEndian(head, XxHash3.HashToUInt64(key));
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], modified);
        head[16] = listed ? (byte)1 : (byte)0;
        return XxHash3.HashToUInt64(entries, (long)XxHash3.HashToUInt64(head));
    }
}
