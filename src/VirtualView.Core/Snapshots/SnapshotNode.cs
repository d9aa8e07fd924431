using VirtualView.Core.Paths;

namespace VirtualView.Core.Snapshots;

/// <summary>An entry of a snapshot. Immutable, so unchanged parts of the tree are shared between snapshots.</summary>
public abstract class SnapshotNode(PathName name)
{
    /// <summary>Empty for the root.</summary>
    public PathName Name { get; } = name;

    /// <summary>True when the two say the same of their entry, leaving out what lies below a directory.</summary>
    public abstract bool SameEntry(SnapshotNode other);
}
