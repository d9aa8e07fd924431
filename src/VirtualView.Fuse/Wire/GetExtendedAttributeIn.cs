using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of GETXATTR (before the name) and LISTXATTR.</summary>
[KernelName("fuse_getxattr_in")]
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct GetExtendedAttributeIn
{
    /// <summary>Room of the caller, zero asks for the size only.</summary>
    [FieldOffset(0), KernelName("size")] public uint Size;
}
