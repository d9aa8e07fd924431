using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of FORGET.</summary>
[KernelName("fuse_forget_in")]
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct ForgetIn
{
    [FieldOffset(0), KernelName("nlookup")] public ulong Lookups;
}
