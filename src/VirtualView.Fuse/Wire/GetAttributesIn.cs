using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of GETATTR.</summary>
[KernelName("fuse_getattr_in")]
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct GetAttributesIn
{
    [FieldOffset(0), KernelName("getattr_flags")] public uint Flags;
    [FieldOffset(8), KernelName("fh")] public ulong Handle;
}
