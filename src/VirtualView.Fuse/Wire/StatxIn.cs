using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of STATX.</summary>
[KernelName("fuse_statx_in")]
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct StatxIn
{
    [FieldOffset(0), KernelName("getattr_flags")] public uint Flags;
    [FieldOffset(8), KernelName("fh")] public ulong Handle;
    [FieldOffset(16), KernelName("sx_flags")] public uint StatxFlags;
    [FieldOffset(20), KernelName("sx_mask")] public uint Mask;
}
