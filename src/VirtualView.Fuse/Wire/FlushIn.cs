using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of FLUSH.</summary>
[KernelName("fuse_flush_in")]
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct FlushIn
{
    [FieldOffset(0), KernelName("fh")] public ulong Handle;
    [FieldOffset(16), KernelName("lock_owner")] public ulong LockOwner;
}
