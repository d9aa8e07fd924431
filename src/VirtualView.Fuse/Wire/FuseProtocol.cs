using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Wire;

/// <summary>Numbers of the protocol that are neither opcodes nor flags.</summary>
internal static class FuseProtocol
{
    public const uint Major = 7;

    /// <summary>The newest minor version whose messages are known here.</summary>
    public const uint Minor = 45;

    /// <summary>Linux 5.4. Older kernels lack what the mount relies on, and are refused.</summary>
    public const uint OldestMinor = 31;

    /// <summary>Since Linux 6.16.</summary>
    public const uint EpochMinor = 44;

    /// <summary>Room that a receive buffer needs beside the data of a write.</summary>
    public const int RequestOverheadBytes = 4096;

    /// <summary>1 MiB: the largest write the kernel sends, 256 pages.</summary>
    public const int MaxWriteBytes = 1 << 20;

    public const int MaxPages = 256;

    public const int MaxBackground = 256;

    /// <summary><c>O_DIRECT</c> among the flags of an open file, which each architecture numbers in its own way.</summary>
    public static readonly uint OpenDirect = RuntimeInformation.OSArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x10000u : 0x4000u;

    /// <summary><c>_IOR(229, 0, uint32_t)</c>: joins a freshly opened device to the connection of another.</summary>
    public const uint CloneDevice = 0x8004e500;

    /// <summary><c>_IOW(229, 1, struct fuse_backing_map)</c>: answers with the id of the file in the kernel.</summary>
    public const uint OpenBacking = 0x4010e501;

    /// <summary><c>_IOW(229, 2, uint32_t)</c>.</summary>
    public const uint CloseBacking = 0x4004e502;

    /// <summary>Files of a plain file system may be passed through, and an overlay may still be laid over the mount.</summary>
    public const uint MaxStackDepth = 1;
}
