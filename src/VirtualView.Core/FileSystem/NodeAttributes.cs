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

    /// <summary>The permission bits alone, such as 0644 octal.</summary>
    public required int Mode { get; init; }

    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    /// <summary><c>st_nlink</c>.</summary>
    public required uint Links { get; init; }
}
