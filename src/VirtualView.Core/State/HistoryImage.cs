using System.Collections.Immutable;

namespace VirtualView.Core.State;

/// <summary>What a history holds when it is opened.</summary>
/// <param name="Records">Sorted by number; their runs do not overlap.</param>
/// <param name="Greatest">No number up to this may be given to a new snapshot.</param>
public sealed record HistoryImage(ImmutableArray<SnapshotRecord> Records, long Greatest)
{
    public static HistoryImage Empty { get; } = new([], 0);
}
