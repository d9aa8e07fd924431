using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;

namespace VirtualView.Core.Overlay;

/// <summary>A local inode as the journal keeps it.</summary>
public sealed record LocalInodeRecord
{
    public required LocalId Id { get; init; }

    public required EntryKind Kind { get; init; }

    public required int Mode { get; init; }

    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    /// <summary>How many names lead to it; 0 for one that is only open still, or was never linked.</summary>
    public required uint Links { get; init; }

    /// <summary><c>st_ino</c>.</summary>
    public required ulong InodeNumber { get; init; }

    public required UnixTime AccessedAt { get; init; }

    /// <summary>Of a file without base: only as long as it has no file in the overlay folder, whose own time counts then.</summary>
    public required UnixTime ModifiedAt { get; init; }

    public required UnixTime ChangedAt { get; init; }

    public uint Device { get; init; }

    /// <summary>Of a symbolic link; else empty.</summary>
    public ImmutableArray<byte> Target { get; init; } = [];

    /// <summary>Of a directory of the sources: its path there. Null for one that was made here, and for all that is no directory.</summary>
    public VirtualPath? BaseDirectory { get; init; }

    /// <summary>
    /// True for what is of the sources, and of which no attribute was set, no name was moved and none in it changed: but
    /// for bytes, and the times that writing them moved, it is what the sources have.
    /// </summary>
    public bool KeepsAttributes { get; init; }

    /// <summary>Of a file of the sources; null for one that was made here, and for all that is no file.</summary>
    public LocalFileBase? BaseFile { get; init; }
}
