using System.Runtime.InteropServices;
using VirtualView.Core.Versions;

namespace VirtualView.Cache.Tests.Support;

/// <summary>What every byte of every version must be: eight bytes at a time tell version and position, and none is zero.</summary>
internal static class Content
{
    public static VersionId Version(int number) => new((UInt128)(number + 1) << 64 | 0xABCDEF);

    public static void Fill(VersionId version, long offset, Span<byte> into)
    {
        for (var i = 0; i < into.Length; i++) into[i] = At(version, offset + i);
    }

    public static byte[] Bytes(VersionId version, long offset, int length)
    {
        var bytes = new byte[length];
        if (offset % 8 != 0 || length % 8 != 0)
        {
            Fill(version, offset, bytes);
            return bytes;
        }

        var words = MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan());
        for (var i = 0; i < words.Length; i++) words[i] = Word(version, (offset >> 3) + i);
        return bytes;
    }

    public static bool IsRight(VersionId version, long offset, ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        for (; at < bytes.Length && (offset + at) % 8 != 0; at++)
            if (bytes[at] != At(version, offset + at)) return false;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes[at..]);
        for (var i = 0; i < words.Length; i++)
            if (words[i] != Word(version, ((offset + at) >> 3) + i)) return false;
        for (at += words.Length * 8; at < bytes.Length; at++)
            if (bytes[at] != At(version, offset + at)) return false;
        return true;
    }

    private static byte At(VersionId version, long position) => (byte)(Word(version, position >> 3) >> (int)((position & 7) * 8));

    private static ulong Word(VersionId version, long index)
    {
        var mixed = ((ulong)(version.Value >> 64) * 0x9E3779B97F4A7C15) ^ ((ulong)index * 0xD6E8FEB86659FD93);
        return mixed ^ (mixed >> 29) | 0x0101010101010101;
    }
}
