using System.Collections.Immutable;

namespace VirtualView.Engine.CacheControl;

/// <summary>What an eviction found and did.</summary>
public sealed record EvictReport
{
    public required long Files { get; init; }

    public required long BytesFreed { get; init; }

    public required long ProblemCount { get; init; }

    public required ImmutableArray<PathProblem> Problems { get; init; }
}
