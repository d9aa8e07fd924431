using System.Collections.Immutable;
using VirtualView.Engine.CacheControl;

namespace VirtualView.Service.Answers;

/// <summary>What was local and is no more, and the paths of which nothing could be taken away.</summary>
public sealed record DiscardAnswer(ImmutableArray<ChangedPath> Discarded, ImmutableArray<PathProblem> Problems);
