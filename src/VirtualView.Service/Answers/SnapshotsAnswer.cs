using System.Collections.Immutable;
using VirtualView.Engine.Past;

namespace VirtualView.Service.Answers;

/// <summary>The snapshots that can be opened, sorted by number.</summary>
public sealed record SnapshotsAnswer(ImmutableArray<SnapshotInfo> Snapshots);
