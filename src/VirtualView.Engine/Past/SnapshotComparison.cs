using System.Collections.Immutable;

namespace VirtualView.Engine.Past;

/// <summary>What differs between two snapshots, sorted by path. Of what is added or removed, all that lies below is named too.</summary>
public sealed record SnapshotComparison(long From, long To, ImmutableArray<PathChange> Changes);
