using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of SETXATTR, before the name. Without SETXATTR_EXT the kernel sends the first 8 bytes.</summary>
[KernelName("fuse_setxattr_in")]
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct SetExtendedAttributeIn
{
    [FieldOffset(0), KernelName("size")] public uint Size;
    /// <summary>Those of <c>setxattr(2)</c>.</summary>
    [FieldOffset(4), KernelName("flags")] public uint Flags;
    [FieldOffset(8), KernelName("setxattr_flags")] public uint ExtendedFlags;
}
