using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The answer to WRITE and COPY_FILE_RANGE.</summary>
[KernelName("fuse_write_out")]
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct WriteOut
{
    [FieldOffset(0), KernelName("size")] public uint Size;
}
