using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The answer to STATFS.</summary>
[KernelName("fuse_statfs_out")]
[StructLayout(LayoutKind.Explicit, Size = 80)]
internal struct StatisticsOut
{
    [FieldOffset(0), KernelName("st")] public Statistics Statistics;
}
