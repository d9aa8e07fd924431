using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of WRITE, before the bytes.</summary>
[KernelName("fuse_write_in")]
[StructLayout(LayoutKind.Explicit, Size = 40)]
internal struct WriteIn
{
    [FieldOffset(0), KernelName("fh")] public ulong Handle;
    [FieldOffset(8), KernelName("offset")] public ulong Offset;
    [FieldOffset(16), KernelName("size")] public uint Size;
    [FieldOffset(20), KernelName("write_flags")] public WriteFlags WriteFlags;
    [FieldOffset(24), KernelName("lock_owner")] public ulong LockOwner;
    /// <summary>Those of <c>open(2)</c>.</summary>
    [FieldOffset(32), KernelName("flags")] public uint Flags;
}
