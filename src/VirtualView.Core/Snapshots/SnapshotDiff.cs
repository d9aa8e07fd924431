using VirtualView.Core.Paths;

namespace VirtualView.Core.Snapshots;

/// <summary>
/// What differs between two snapshots, in the order of paths. Parts that both share are not looked at, so the work
/// follows the size of the change, not of the tree. An added or removed directory is named with all that it holds.
/// </summary>
public static class SnapshotDiff
{
    public static IEnumerable<SnapshotChange> Between(Snapshot before, Snapshot after) =>
        BetweenNodes(VirtualPath.Root, before.Root, after.Root);

    private static IEnumerable<SnapshotChange> BetweenNodes(VirtualPath path, SnapshotNode before, SnapshotNode after)
    {
        if (ReferenceEquals(before, after)) return [];
        if (before is DirectoryNode left && after is DirectoryNode right) return BetweenDirectories(path, left, right);
        if (before is not DirectoryNode && after is not DirectoryNode && before.GetType() == after.GetType())
            return before.SameEntry(after) ? [] : [new(ChangeKind.Changed, path, before, after)];
        return [.. All(ChangeKind.Removed, path, before), .. All(ChangeKind.Added, path, after)];
    }

    private static IEnumerable<SnapshotChange> BetweenDirectories(VirtualPath path, DirectoryNode before, DirectoryNode after)
    {
        if (before.IsListed != after.IsListed)
        {
            yield return new SnapshotChange(ChangeKind.Unknown, path, before, after);
            yield break;
        }

        if (before.ModifiedAt != after.ModifiedAt)
            yield return new SnapshotChange(ChangeKind.Changed, path, before, after);

        var (i, j) = (0, 0);
        while (i < before.Children.Length || j < after.Children.Length)
        {
            var left = i < before.Children.Length ? before.Children[i] : null;
            var right = j < after.Children.Length ? after.Children[j] : null;
            if (ReferenceEquals(left, right))
            {
                // Before a path is made of it: of a hundred thousand entries few differ.
                (i, j) = (i + 1, j + 1);
                continue;
            }

            var order = left is null ? 1 : right is null ? -1 : left.Name.CompareTo(right.Name);
            var changes = order switch
            {
                < 0 => All(ChangeKind.Removed, path / left!.Name, left),
                > 0 => All(ChangeKind.Added, path / right!.Name, right),
                _ => BetweenNodes(path / left!.Name, left, right!),
            };
            foreach (var change in changes)
                yield return change;
            if (order <= 0) i++;
            if (order >= 0) j++;
        }
    }

    private static IEnumerable<SnapshotChange> All(ChangeKind kind, VirtualPath path, SnapshotNode node)
    {
        yield return kind == ChangeKind.Added
            ? new SnapshotChange(kind, path, null, node)
            : new SnapshotChange(kind, path, node, null);
        if (node is not DirectoryNode directory) yield break;
        foreach (var change in directory.Children.SelectMany(child => All(kind, path / child.Name, child)))
            yield return change;
    }
}
