using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The answer to GETATTR.</summary>
[KernelName("fuse_attr_out")]
[StructLayout(LayoutKind.Explicit, Size = 104)]
internal struct AttributesOut
{
    [FieldOffset(0), KernelName("attr_valid")] public ulong ValidSeconds;
    [FieldOffset(8), KernelName("attr_valid_nsec")] public uint ValidNanoseconds;
    [FieldOffset(16), KernelName("attr")] public Attributes Attributes;
}
