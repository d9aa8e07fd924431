using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;

namespace VirtualView.Core.Tests.Generators;

/// <summary>Every entry of a tree with its path, the root first.</summary>
public static class TreeWalk
{
    public static IEnumerable<(VirtualPath Path, SnapshotNode Node)> Of(Snapshot snapshot) => Of(VirtualPath.Root, snapshot.Root);

    private static IEnumerable<(VirtualPath Path, SnapshotNode Node)> Of(VirtualPath path, SnapshotNode node)
    {
        yield return (path, node);
        if (node is not DirectoryNode directory) yield break;
        foreach (var entry in directory.Children.SelectMany(child => Of(path / child.Name, child)))
            yield return entry;
    }
}
