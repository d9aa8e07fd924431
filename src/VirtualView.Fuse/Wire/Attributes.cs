using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>What <c>stat</c> shows, in the kernel's order.</summary>
[KernelName("fuse_attr")]
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal struct Attributes
{
    [FieldOffset(0), KernelName("ino")] public ulong InodeNumber;
    [FieldOffset(8), KernelName("size")] public ulong Size;
    /// <summary>Of 512 bytes.</summary>
    [FieldOffset(16), KernelName("blocks")] public ulong Blocks;
    [FieldOffset(24), KernelName("atime")] public ulong AccessedSeconds;
    [FieldOffset(32), KernelName("mtime")] public ulong ModifiedSeconds;
    [FieldOffset(40), KernelName("ctime")] public ulong ChangedSeconds;
    [FieldOffset(48), KernelName("atimensec")] public uint AccessedNanoseconds;
    [FieldOffset(52), KernelName("mtimensec")] public uint ModifiedNanoseconds;
    [FieldOffset(56), KernelName("ctimensec")] public uint ChangedNanoseconds;
    [FieldOffset(60), KernelName("mode")] public uint Mode;
    [FieldOffset(64), KernelName("nlink")] public uint Links;
    [FieldOffset(68), KernelName("uid")] public uint Uid;
    [FieldOffset(72), KernelName("gid")] public uint Gid;
    [FieldOffset(76), KernelName("rdev")] public uint Device;
    [FieldOffset(80), KernelName("blksize")] public uint BlockSize;
    [FieldOffset(84), KernelName("flags")] public uint Flags;
}
