using VirtualView.Core.Sources;
using VirtualView.Core.Units;

namespace VirtualView.Core.FileSystem;

/// <summary>What <c>stat</c> shows of a node.</summary>
public readonly record struct NodeAttributes
{
    public required NodeId Node { get; init; }

    /// <summary><c>st_ino</c>: the same over restarts for the same version at the same path.</summary>
    public required ulong InodeNumber { get; init; }

    public required EntryKind Kind { get; init; }

    public required long SizeBytes { get; init; }

    public required UnixTime ModifiedAt { get; init; }

    /// <summary>The time of modification where nothing else is known.</summary>
    public UnixTime? AccessedAt { get; init; }

    /// <summary><c>st_ctime</c>; the time of modification where nothing else is known.</summary>
    public UnixTime? ChangedAt { get; init; }

    /// <summary>What it takes on the disk; as much as its size where nothing else is known.</summary>
    public long? AllocatedBytes { get; init; }

    /// <summary><c>st_rdev</c> as the kernel packs it; 0 for what is no device.</summary>
    public uint Device { get; init; }

    /// <summary>The permission bits alone, such as 0644 octal.</summary>
    public required int Mode { get; init; }

    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    /// <summary><c>st_nlink</c>.</summary>
    public required uint Links { get; init; }
}
