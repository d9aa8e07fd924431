using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>Notification: a name leads elsewhere. The name and a NUL follow.</summary>
[KernelName("fuse_notify_inval_entry_out")]
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct InvalidateEntryOut
{
    [FieldOffset(0), KernelName("parent")] public ulong Parent;
    [FieldOffset(8), KernelName("namelen")] public uint NameBytes;
    [FieldOffset(12), KernelName("flags")] public uint Flags;
}
