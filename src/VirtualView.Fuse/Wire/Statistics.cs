using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>What <c>statfs</c> shows.</summary>
[KernelName("fuse_kstatfs")]
[StructLayout(LayoutKind.Explicit, Size = 80)]
internal struct Statistics
{
    [FieldOffset(0), KernelName("blocks")] public ulong Blocks;
    [FieldOffset(8), KernelName("bfree")] public ulong FreeBlocks;
    [FieldOffset(16), KernelName("bavail")] public ulong AvailableBlocks;
    [FieldOffset(24), KernelName("files")] public ulong Files;
    [FieldOffset(32), KernelName("ffree")] public ulong FreeFiles;
    [FieldOffset(40), KernelName("bsize")] public uint BlockSize;
    [FieldOffset(44), KernelName("namelen")] public uint NameBytes;
    [FieldOffset(48), KernelName("frsize")] public uint FragmentSize;
}
