using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of OPEN and OPENDIR.</summary>
[KernelName("fuse_open_in")]
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct OpenIn
{
    /// <summary>Those of <c>open(2)</c>.</summary>
    [FieldOffset(0), KernelName("flags")] public uint Flags;
    [FieldOffset(4), KernelName("open_flags")] public OpenRequestFlags OpenFlags;
}
