using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of RENAME2, before the old name and the new one.</summary>
[KernelName("fuse_rename2_in")]
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct Rename2In
{
    [FieldOffset(0), KernelName("newdir")] public ulong NewDirectory;
    /// <summary>Those of <c>renameat2(2)</c>.</summary>
    [FieldOffset(8), KernelName("flags")] public uint Flags;
}
