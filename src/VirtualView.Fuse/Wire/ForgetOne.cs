using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>One node of a BATCH_FORGET.</summary>
[KernelName("fuse_forget_one")]
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct ForgetOne
{
    [FieldOffset(0), KernelName("nodeid")] public ulong NodeId;
    [FieldOffset(8), KernelName("nlookup")] public ulong Lookups;
}
