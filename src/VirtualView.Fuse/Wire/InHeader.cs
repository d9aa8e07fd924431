using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>What every request begins with.</summary>
[KernelName("fuse_in_header")]
[StructLayout(LayoutKind.Explicit, Size = 40)]
internal struct InHeader
{
    [FieldOffset(0), KernelName("len")] public uint Length;
    [FieldOffset(4), KernelName("opcode")] public FuseOpcode Opcode;
    [FieldOffset(8), KernelName("unique")] public ulong Unique;
    [FieldOffset(16), KernelName("nodeid")] public ulong NodeId;
    [FieldOffset(24), KernelName("uid")] public uint Uid;
    [FieldOffset(28), KernelName("gid")] public uint Gid;
    [FieldOffset(32), KernelName("pid")] public uint Pid;
    [FieldOffset(36), KernelName("total_extlen")] public ushort ExtensionWords;
}
