using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The answer to INIT.</summary>
[KernelName("fuse_init_out")]
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct InitOut
{
    [FieldOffset(0), KernelName("major")] public uint Major;
    [FieldOffset(4), KernelName("minor")] public uint Minor;
    [FieldOffset(8), KernelName("max_readahead")] public uint MaxReadahead;
    [FieldOffset(12), KernelName("flags")] public uint Flags;
    [FieldOffset(16), KernelName("max_background")] public ushort MaxBackground;
    [FieldOffset(18), KernelName("congestion_threshold")] public ushort CongestionThreshold;
    [FieldOffset(20), KernelName("max_write")] public uint MaxWrite;
    /// <summary>In nanoseconds.</summary>
    [FieldOffset(24), KernelName("time_gran")] public uint TimeGranularity;
    [FieldOffset(28), KernelName("max_pages")] public ushort MaxPages;
    [FieldOffset(30), KernelName("map_alignment")] public ushort MapAlignment;
    [FieldOffset(32), KernelName("flags2")] public uint Flags2;

    /// <summary>How many file systems may be stacked, ours included.</summary>
    [FieldOffset(36), KernelName("max_stack_depth")] public uint MaxStackDepth;
}
