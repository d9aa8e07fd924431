using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>A time in the answer to STATX.</summary>
[KernelName("fuse_sx_time")]
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct StatxTime
{
    [FieldOffset(0), KernelName("tv_sec")] public long Seconds;
    [FieldOffset(8), KernelName("tv_nsec")] public uint Nanoseconds;
}
