namespace VirtualView.Core.FileSystem;

/// <summary>
/// A node as long as this daemon lives: counts up from 1, the root, and is never used again. A new version of a file
/// is a new node; directories keep theirs over snapshots.
/// </summary>
public readonly record struct NodeId(ulong Value)
{
    public static NodeId Root => new(1);

    public override string ToString() => $"#{Value}";
}
