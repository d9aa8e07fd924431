using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of CREATE and TMPFILE, before the name.</summary>
[KernelName("fuse_create_in")]
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct CreateIn
{
    /// <summary>Those of <c>open(2)</c>.</summary>
    [FieldOffset(0), KernelName("flags")] public uint Flags;
    [FieldOffset(4), KernelName("mode")] public uint Mode;
    /// <summary>Taken off the mode already.</summary>
    [FieldOffset(8), KernelName("umask")] public uint Umask;
    [FieldOffset(12), KernelName("open_flags")] public OpenRequestFlags OpenFlags;
}
