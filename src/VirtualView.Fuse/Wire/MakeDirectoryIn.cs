using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of MKDIR, before the name.</summary>
[KernelName("fuse_mkdir_in")]
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct MakeDirectoryIn
{
    [FieldOffset(0), KernelName("mode")] public uint Mode;
    /// <summary>Taken off the mode already.</summary>
    [FieldOffset(4), KernelName("umask")] public uint Umask;
}
