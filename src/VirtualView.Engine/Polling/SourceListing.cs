using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Polling;

/// <summary>What one source said of a directory. <see cref="Entries"/> is null when it could not say or is not believed.</summary>
internal sealed record SourceListing(SourceId Source, IReadOnlyList<SourceEntry>? Entries, SourceError? Error)
{
    /// <summary>True when the source answered, be it that it has no such directory.</summary>
    public bool IsKnown => Entries is not null || Error?.Kind == SourceErrorKind.NotFound;
}
