using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>What every reply and notification begins with.</summary>
[KernelName("fuse_out_header")]
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct OutHeader
{
    [FieldOffset(0), KernelName("len")] public uint Length;
    /// <summary>Zero, minus an errno, or for a notification its code.</summary>
    [FieldOffset(4), KernelName("error")] public int Error;
    /// <summary>Of the request, zero for a notification.</summary>
    [FieldOffset(8), KernelName("unique")] public ulong Unique;
}
