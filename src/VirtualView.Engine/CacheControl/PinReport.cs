using System.Collections.Immutable;
using VirtualView.Core.State;

namespace VirtualView.Engine.CacheControl;

/// <summary>What is pinned after a change, or as it is.</summary>
public sealed record PinReport
{
    /// <summary>What users pinned.</summary>
    public required ImmutableArray<PinRule> Pins { get; init; }

    /// <summary>The globs that <c>Cache.Policies</c> pins.</summary>
    public required ImmutableArray<string> Policies { get; init; }

    /// <summary>Rules that came or went by this change.</summary>
    public required int Changed { get; init; }

    /// <summary>Files of the view that a rule or policy keeps now.</summary>
    public required int Files { get; init; }

    public required ImmutableArray<PathProblem> Problems { get; init; }
}
