using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>What <c>statx</c> shows.</summary>
[KernelName("fuse_statx")]
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct Statx
{
    [FieldOffset(0), KernelName("mask")] public uint Mask;
    [FieldOffset(4), KernelName("blksize")] public uint BlockSize;
    [FieldOffset(8), KernelName("attributes")] public ulong Attributes;
    [FieldOffset(16), KernelName("nlink")] public uint Links;
    [FieldOffset(20), KernelName("uid")] public uint Uid;
    [FieldOffset(24), KernelName("gid")] public uint Gid;
    [FieldOffset(28), KernelName("mode")] public ushort Mode;
    [FieldOffset(32), KernelName("ino")] public ulong InodeNumber;
    [FieldOffset(40), KernelName("size")] public ulong Size;
    /// <summary>Of 512 bytes.</summary>
    [FieldOffset(48), KernelName("blocks")] public ulong Blocks;
    [FieldOffset(56), KernelName("attributes_mask")] public ulong AttributesMask;
    [FieldOffset(64), KernelName("atime")] public StatxTime Accessed;
    [FieldOffset(80), KernelName("btime")] public StatxTime Born;
    [FieldOffset(96), KernelName("ctime")] public StatxTime Changed;
    [FieldOffset(112), KernelName("mtime")] public StatxTime Modified;
    [FieldOffset(128), KernelName("rdev_major")] public uint DeviceMajor;
    [FieldOffset(132), KernelName("rdev_minor")] public uint DeviceMinor;
    [FieldOffset(136), KernelName("dev_major")] public uint HostMajor;
    [FieldOffset(140), KernelName("dev_minor")] public uint HostMinor;
}
