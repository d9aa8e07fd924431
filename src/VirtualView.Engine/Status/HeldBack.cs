using System.Collections.Immutable;

namespace VirtualView.Engine.Status;

/// <summary>What a source does not show any more, and the view goes on to show: too much of it went at once to be believed unasked.</summary>
public sealed record HeldBack
{
    /// <summary>The name of the source.</summary>
    public required string Source { get; init; }

    /// <summary>What is missing, as paths of the view: the topmost ones, a few of them.</summary>
    public required ImmutableArray<string> Paths { get; init; }

    /// <summary>How many entries are missing; with all that was known below them.</summary>
    public required long Missing { get; init; }

    /// <summary>How many the source had, at most, in the last hour.</summary>
    public required long Known { get; init; }

    /// <summary>When this daemon began to hold it back.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>True when the root of the source lists nothing at all, as that of an export which is not mounted.</summary>
    public required bool IsRootEmpty { get; init; }
}
