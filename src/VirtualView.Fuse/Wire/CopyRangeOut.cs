using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The answer to COPY_FILE_RANGE_64.</summary>
[KernelName("fuse_copy_file_range_out")]
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct CopyRangeOut
{
    [FieldOffset(0), KernelName("bytes_copied")] public ulong Bytes;
}
