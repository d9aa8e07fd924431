using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>What a name leads to, and how long the kernel may remember it.</summary>
[KernelName("fuse_entry_out")]
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct EntryOut
{
    /// <summary>Zero: there is no such name, which may be remembered too.</summary>
    [FieldOffset(0), KernelName("nodeid")] public ulong NodeId;
    [FieldOffset(8), KernelName("generation")] public ulong Generation;
    [FieldOffset(16), KernelName("entry_valid")] public ulong EntrySeconds;
    [FieldOffset(24), KernelName("attr_valid")] public ulong AttributeSeconds;
    [FieldOffset(32), KernelName("entry_valid_nsec")] public uint EntryNanoseconds;
    [FieldOffset(36), KernelName("attr_valid_nsec")] public uint AttributeNanoseconds;
    [FieldOffset(40), KernelName("attr")] public Attributes Attributes;
}
