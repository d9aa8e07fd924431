using System.Collections.Immutable;
using VirtualView.Engine.CacheControl;

namespace VirtualView.Engine.Overlay.Changes;

/// <summary>What was local and is no more, and the paths of which nothing could be taken away.</summary>
public sealed record DiscardReport(ImmutableArray<LocalChange> Discarded, ImmutableArray<PathProblem> Problems);
