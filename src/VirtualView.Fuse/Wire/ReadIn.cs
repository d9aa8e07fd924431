using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of READ, READDIR and READDIRPLUS.</summary>
[KernelName("fuse_read_in")]
[StructLayout(LayoutKind.Explicit, Size = 40)]
internal struct ReadIn
{
    [FieldOffset(0), KernelName("fh")] public ulong Handle;
    [FieldOffset(8), KernelName("offset")] public ulong Offset;
    [FieldOffset(16), KernelName("size")] public uint Size;
    [FieldOffset(20), KernelName("read_flags")] public uint ReadFlags;
    [FieldOffset(24), KernelName("lock_owner")] public ulong LockOwner;
    [FieldOffset(32), KernelName("flags")] public uint Flags;
}
