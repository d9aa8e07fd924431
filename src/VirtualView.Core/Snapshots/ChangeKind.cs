namespace VirtualView.Core.Snapshots;

public enum ChangeKind
{
    Added,
    Removed,
    Changed,

    /// <summary>A directory that one of the snapshots has not listed: what changed below it cannot be said.</summary>
    Unknown,
}
