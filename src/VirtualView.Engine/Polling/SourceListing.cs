using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Polling;

/// <summary>What one source said of a directory. <see cref="Entries"/> is null when it could not say or is not believed.</summary>
internal sealed record SourceListing(SourceId Source, IReadOnlyList<SourceEntry>? Entries, SourceError? Error)
{
    /// <summary>What the source does not list any more, and is shown as it was all the same.</summary>
    public ImmutableHashSet<PathName> HeldBack { get; init; } = [];

    /// <summary>True when the source was not asked: it lacks the whole directory, which is held back.</summary>
    public bool IsSkipped { get; init; }

    /// <summary>True when the source answered, be it that it has no such directory.</summary>
    public bool IsKnown => Entries is not null || Error?.Kind == SourceErrorKind.NotFound;
}
