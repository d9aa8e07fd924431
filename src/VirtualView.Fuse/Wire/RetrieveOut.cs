using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>Notification: asks the kernel to send pages of a node.</summary>
[KernelName("fuse_notify_retrieve_out")]
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct RetrieveOut
{
    [FieldOffset(0), KernelName("notify_unique")] public ulong NotifyUnique;
    [FieldOffset(8), KernelName("nodeid")] public ulong NodeId;
    [FieldOffset(16), KernelName("offset")] public ulong Offset;
    [FieldOffset(24), KernelName("size")] public uint Size;
}
