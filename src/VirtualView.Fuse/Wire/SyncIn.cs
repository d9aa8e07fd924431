using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of FSYNC and FSYNCDIR.</summary>
[KernelName("fuse_fsync_in")]
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct SyncIn
{
    [FieldOffset(0), KernelName("fh")] public ulong Handle;
    [FieldOffset(8), KernelName("fsync_flags")] public uint Flags;
}
