using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The answer to STATX.</summary>
[KernelName("fuse_statx_out")]
[StructLayout(LayoutKind.Explicit, Size = 288)]
internal struct StatxOut
{
    [FieldOffset(0), KernelName("attr_valid")] public ulong ValidSeconds;
    [FieldOffset(8), KernelName("attr_valid_nsec")] public uint ValidNanoseconds;
    [FieldOffset(12), KernelName("flags")] public uint Flags;
    [FieldOffset(32), KernelName("stat")] public Statx Statx;
}
