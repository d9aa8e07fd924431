using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of INIT. Kernels before 7.36 send the first 16 bytes.</summary>
[KernelName("fuse_init_in")]
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct InitIn
{
    [FieldOffset(0), KernelName("major")] public uint Major;
    [FieldOffset(4), KernelName("minor")] public uint Minor;
    [FieldOffset(8), KernelName("max_readahead")] public uint MaxReadahead;
    [FieldOffset(12), KernelName("flags")] public uint Flags;
    [FieldOffset(16), KernelName("flags2")] public uint Flags2;
}
