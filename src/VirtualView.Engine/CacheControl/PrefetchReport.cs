using System.Collections.Immutable;

namespace VirtualView.Engine.CacheControl;

/// <summary>What a prefetch found and did.</summary>
public sealed record PrefetchReport
{
    public required long Files { get; init; }

    /// <summary>The size of all these files.</summary>
    public required long Bytes { get; init; }

    /// <summary>Of them, so many were cached before it began.</summary>
    public required long BytesPresent { get; init; }

    /// <summary>So many more are cached by now.</summary>
    public required long BytesFetched { get; init; }

    /// <summary>Why nothing was begun; null when it was.</summary>
    public required string? Refused { get; init; }

    public required long ProblemCount { get; init; }

    /// <summary>The first <see cref="PathProblem.MostReported"/> of them.</summary>
    public required ImmutableArray<PathProblem> Problems { get; init; }
}
