using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;

namespace VirtualView.State.History;

/// <summary>How the entries of a directory lead back to those that it had before. Of a directory in it only the name counts.</summary>
/// <param name="Removed">Names to take away.</param>
/// <param name="Put">Entries to put in their place, or to add.</param>
internal sealed record BackStep(ImmutableArray<PathName> Removed, ImmutableArray<SnapshotNode> Put)
{
    public static BackStep Between(DirectoryNode before, DirectoryNode after)
    {
        var removed = ImmutableArray.CreateBuilder<PathName>();
        var put = ImmutableArray.CreateBuilder<SnapshotNode>();
        var (i, j) = (0, 0);
        while (i < before.Children.Length || j < after.Children.Length)
        {
            var left = i < before.Children.Length ? before.Children[i] : null;
            var right = j < after.Children.Length ? after.Children[j] : null;
            var order = left is null ? 1 : right is null ? -1 : ReferenceEquals(left, right) ? 0 : left.Name.CompareTo(right.Name);
            if (order > 0) removed.Add(right!.Name);
            else if (order < 0 || !IsSame(left!, right!)) put.Add(left!);
            if (order <= 0) i++;
            if (order >= 0) j++;
        }

        return new BackStep(removed.ToImmutable(), put.ToImmutable());
    }

    public IEnumerable<SnapshotNode> From(IEnumerable<SnapshotNode> later)
    {
        var away = Away();
        return later.Where(node => !away.Contains(node.Name)).Concat(Put);
    }

    /// <summary>This step and <paramref name="later"/>, which comes before it on the way back, as one.</summary>
    public BackStep After(BackStep later)
    {
        var away = Away();
        var put = Put.Select(node => node.Name).ToHashSet();
        return new BackStep(
            [.. later.Removed.Where(name => !put.Contains(name)).Concat(Removed).Distinct().Order()],
            [.. later.Put.Where(node => !away.Contains(node.Name)).Concat(Put).OrderBy(node => node.Name)]);
    }

    private HashSet<PathName> Away() => [.. Removed, .. Put.Select(node => node.Name)];

    private static bool IsSame(SnapshotNode left, SnapshotNode right) =>
        ReferenceEquals(left, right) || (left is DirectoryNode && right is DirectoryNode);
}
