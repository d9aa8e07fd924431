using System.Collections.Immutable;

namespace VirtualView.Core.Overlay;

/// <summary>All that the journal holds, as it was after the last commit that survived.</summary>
public sealed record OverlayImage
{
    public static readonly OverlayImage Empty = new();

    public ImmutableArray<LocalInodeRecord> Inodes { get; init; } = [];

    public ImmutableArray<LocalEntry> Entries { get; init; } = [];

    public ImmutableArray<LocalAttribute> Attributes { get; init; } = [];

    /// <summary>Ids up to this one were used, also by inodes that are gone.</summary>
    public LocalId LastUsed { get; init; } = LocalId.Root;

    /// <summary>What could not be read, in words, for the log and for status; empty when all is well.</summary>
    public ImmutableArray<string> Losses { get; init; } = [];
}
