using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The answer to LSEEK.</summary>
[KernelName("fuse_lseek_out")]
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct SeekOut
{
    [FieldOffset(0), KernelName("offset")] public ulong Offset;
}
