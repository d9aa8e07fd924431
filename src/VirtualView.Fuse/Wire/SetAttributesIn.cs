using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of SETATTR.</summary>
[KernelName("fuse_setattr_in")]
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal struct SetAttributesIn
{
    [FieldOffset(0), KernelName("valid")] public SetAttributesFlags Valid;
    [FieldOffset(8), KernelName("fh")] public ulong Handle;
    [FieldOffset(16), KernelName("size")] public ulong Size;
    [FieldOffset(24), KernelName("lock_owner")] public ulong LockOwner;
    [FieldOffset(32), KernelName("atime")] public ulong AccessedSeconds;
    [FieldOffset(40), KernelName("mtime")] public ulong ModifiedSeconds;
    [FieldOffset(48), KernelName("ctime")] public ulong ChangedSeconds;
    [FieldOffset(56), KernelName("atimensec")] public uint AccessedNanoseconds;
    [FieldOffset(60), KernelName("mtimensec")] public uint ModifiedNanoseconds;
    [FieldOffset(64), KernelName("ctimensec")] public uint ChangedNanoseconds;
    [FieldOffset(68), KernelName("mode")] public uint Mode;
    [FieldOffset(76), KernelName("uid")] public uint Uid;
    [FieldOffset(80), KernelName("gid")] public uint Gid;
}
