using System.Runtime.InteropServices;

namespace VirtualView.Cache.Index;

/// <summary>Names a block: the payload's id, and which block of it.</summary>
[StructLayout(LayoutKind.Sequential, Size = SizeBytes)]
internal readonly record struct BlockKey(ulong Payload, long Block)
{
    public const int SizeBytes = 16;

    /// <summary>Seeds the checksum, so that right bytes in a wrong place are wrong.</summary>
    public long Seed => (long)Mix(Payload ^ Mix((ulong)Block + 0x9E3779B97F4A7C15));

    /// <summary>The finalizer of SplitMix64: every bit of the input moves every bit of the result.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
