using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The answer to GETXATTR and LISTXATTR that asked for the size only.</summary>
[KernelName("fuse_getxattr_out")]
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct GetExtendedAttributeOut
{
    [FieldOffset(0), KernelName("size")] public uint Size;
}
