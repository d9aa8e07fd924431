using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>Hands the kernel a file to read by itself.</summary>
[KernelName("fuse_backing_map")]
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct BackingMap
{
    [FieldOffset(0), KernelName("fd")] public int Descriptor;
    [FieldOffset(4), KernelName("flags")] public uint Flags;
    [FieldOffset(8), KernelName("padding")] public ulong Padding;
}
