using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of RELEASE and RELEASEDIR.</summary>
[KernelName("fuse_release_in")]
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct ReleaseIn
{
    [FieldOffset(0), KernelName("fh")] public ulong Handle;
    [FieldOffset(8), KernelName("flags")] public uint Flags;
    [FieldOffset(12), KernelName("release_flags")] public uint ReleaseFlags;
    [FieldOffset(16), KernelName("lock_owner")] public ulong LockOwner;
}
