using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of INTERRUPT.</summary>
[KernelName("fuse_interrupt_in")]
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct InterruptIn
{
    /// <summary>Of the request whose caller got a signal.</summary>
    [FieldOffset(0), KernelName("unique")] public ulong Unique;
}
