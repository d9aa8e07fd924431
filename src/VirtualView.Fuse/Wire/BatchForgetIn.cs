using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of BATCH_FORGET, before its nodes.</summary>
[KernelName("fuse_batch_forget_in")]
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct BatchForgetIn
{
    [FieldOffset(0), KernelName("count")] public uint Count;
}
