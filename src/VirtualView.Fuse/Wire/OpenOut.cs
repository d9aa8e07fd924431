using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The answer to OPEN and OPENDIR.</summary>
[KernelName("fuse_open_out")]
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct OpenOut
{
    [FieldOffset(0), KernelName("fh")] public ulong Handle;
    [FieldOffset(8), KernelName("open_flags")] public OpenReplyFlags Flags;
    [FieldOffset(12), KernelName("backing_id")] public int BackingId;
}
