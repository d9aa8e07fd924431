using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of LSEEK.</summary>
[KernelName("fuse_lseek_in")]
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct SeekIn
{
    [FieldOffset(0), KernelName("fh")] public ulong Handle;
    [FieldOffset(8), KernelName("offset")] public ulong Offset;
    [FieldOffset(16), KernelName("whence")] public uint Whence;
}
