using VirtualView.Core.Paths;

namespace VirtualView.Core.Snapshots;

/// <summary>One difference between two snapshots.</summary>
/// <param name="Before">Null for what was added.</param>
/// <param name="After">Null for what was removed.</param>
public sealed record SnapshotChange(ChangeKind Kind, VirtualPath Path, SnapshotNode? Before, SnapshotNode? After);
