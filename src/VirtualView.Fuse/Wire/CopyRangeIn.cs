using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of COPY_FILE_RANGE and COPY_FILE_RANGE_64. The node of its header is the one copied from.</summary>
[KernelName("fuse_copy_file_range_in")]
[StructLayout(LayoutKind.Explicit, Size = 56)]
internal struct CopyRangeIn
{
    [FieldOffset(0), KernelName("fh_in")] public ulong FromHandle;
    [FieldOffset(8), KernelName("off_in")] public ulong FromOffset;
    [FieldOffset(16), KernelName("nodeid_out")] public ulong ToNodeId;
    [FieldOffset(24), KernelName("fh_out")] public ulong ToHandle;
    [FieldOffset(32), KernelName("off_out")] public ulong ToOffset;
    [FieldOffset(40), KernelName("len")] public ulong Length;
    [FieldOffset(48), KernelName("flags")] public ulong Flags;
}
