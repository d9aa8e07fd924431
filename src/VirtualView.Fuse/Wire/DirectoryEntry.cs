using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>An entry of READDIR, before its name. Entries begin at multiples of 8 bytes.</summary>
[KernelName("fuse_dirent")]
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct DirectoryEntry
{
    [FieldOffset(0), KernelName("ino")] public ulong InodeNumber;
    [FieldOffset(8), KernelName("off")] public ulong NextPosition;
    [FieldOffset(16), KernelName("namelen")] public uint NameBytes;
    [FieldOffset(20), KernelName("type")] public uint Type;
}
