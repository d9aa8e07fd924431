using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>The argument of LINK, before the name.</summary>
[KernelName("fuse_link_in")]
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct LinkIn
{
    [FieldOffset(0), KernelName("oldnodeid")] public ulong NodeId;
}
