using System.Collections.Immutable;
using VirtualView.Engine.Status;

namespace VirtualView.Engine.Polling;

/// <summary>What came of one poll of all that is known.</summary>
public sealed record PollReport
{
    /// <summary>Directories that were asked for.</summary>
    public required int Directories { get; init; }

    /// <summary>Deletions that were not believed; none of those that were accepted.</summary>
    public required ImmutableArray<HeldBack> HeldBack { get; init; }
}
