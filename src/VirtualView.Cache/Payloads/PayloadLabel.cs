using System.Buffers.Binary;
using System.IO.Hashing;
using VirtualView.Core.Blocks;
using VirtualView.Core.Versions;

namespace VirtualView.Cache.Payloads;

/// <summary>Whose bytes a payload file holds, written on the file itself: an extended attribute, or a file beside it.</summary>
internal static class PayloadLabel
{
    public const int SizeBytes = 56;
    private const ulong Magic = 0x31_4C_42_4C_56_56; // "VVLBL1"
    private const int CheckedBytes = SizeBytes - 8;

    public static void Write(Span<byte> into, ulong id, PayloadIdentity identity, int blockSizeBytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(into, Magic);
        BinaryPrimitives.WriteUInt64LittleEndian(into[8..], id);
        BinaryPrimitives.WriteInt64LittleEndian(into[16..], identity.SizeBytes);
        BinaryPrimitives.WriteInt64LittleEndian(into[24..], blockSizeBytes);
        identity.Version.WriteTo(into[32..]);
        BinaryPrimitives.WriteUInt64LittleEndian(into[CheckedBytes..], XxHash3.HashToUInt64(into[..CheckedBytes]));
    }

    /// <summary>False when it is damaged, or is the label of another file or block size.</summary>
    public static bool TryRead(ReadOnlySpan<byte> label, ulong id, int blockSizeBytes, out PayloadIdentity identity)
    {
        identity = new PayloadIdentity(VersionId.ReadFrom(label[32..]), BinaryPrimitives.ReadInt64LittleEndian(label[16..]));
        return BinaryPrimitives.ReadUInt64LittleEndian(label[CheckedBytes..]) == XxHash3.HashToUInt64(label[..CheckedBytes])
            && BinaryPrimitives.ReadUInt64LittleEndian(label) == Magic
            && BinaryPrimitives.ReadUInt64LittleEndian(label[8..]) == id
            && BinaryPrimitives.ReadInt64LittleEndian(label[24..]) == blockSizeBytes
            && identity.SizeBytes >= 0;
    }
}
