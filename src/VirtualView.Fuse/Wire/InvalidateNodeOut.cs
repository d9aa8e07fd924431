using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>Notification: attributes of a node changed, and bytes from an offset unless that is negative.</summary>
[KernelName("fuse_notify_inval_inode_out")]
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct InvalidateNodeOut
{
    [FieldOffset(0), KernelName("ino")] public ulong NodeId;
    [FieldOffset(8), KernelName("off")] public long Offset;
    [FieldOffset(16), KernelName("len")] public long Length;
}
