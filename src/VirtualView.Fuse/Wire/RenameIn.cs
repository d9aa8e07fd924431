using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of RENAME, before the old name and the new one.</summary>
[KernelName("fuse_rename_in")]
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct RenameIn
{
    [FieldOffset(0), KernelName("newdir")] public ulong NewDirectory;
}
