using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of MKNOD, before the name.</summary>
[KernelName("fuse_mknod_in")]
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct MakeNodeIn
{
    [FieldOffset(0), KernelName("mode")] public uint Mode;
    [FieldOffset(4), KernelName("rdev")] public uint Device;
    /// <summary>Taken off the mode already.</summary>
    [FieldOffset(8), KernelName("umask")] public uint Umask;
}
