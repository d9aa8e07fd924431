using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of FALLOCATE.</summary>
[KernelName("fuse_fallocate_in")]
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct AllocateIn
{
    [FieldOffset(0), KernelName("fh")] public ulong Handle;
    [FieldOffset(8), KernelName("offset")] public ulong Offset;
    [FieldOffset(16), KernelName("length")] public ulong Length;
    [FieldOffset(24), KernelName("mode")] public AllocateFlags Mode;
}
