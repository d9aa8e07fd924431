using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>An entry of READDIRPLUS, before its name. Entries begin at multiples of 8 bytes.</summary>
[KernelName("fuse_direntplus")]
[StructLayout(LayoutKind.Explicit, Size = 152)]
internal struct DirectoryEntryPlus
{
    [FieldOffset(0), KernelName("entry_out")] public EntryOut Entry;
    [FieldOffset(128), KernelName("dirent")] public DirectoryEntry Plain;
}
