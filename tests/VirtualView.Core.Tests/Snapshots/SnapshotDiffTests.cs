using CsCheck;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Tests.Generators;
using VirtualView.Core.Units;
using VirtualView.Testing;

namespace VirtualView.Core.Tests.Snapshots;

public sealed class SnapshotDiffTests
{
    private static readonly UnixTime Later = new(99);

    [Fact]
    public void The_changes_applied_to_the_one_before_give_the_one_after() =>
        Gen.Select(TreeGen.Snapshot, TreeChange.Any.Array[0, 6]).Sample((before, changes) =>
        {
            var after = changes.Aggregate(before, (tree, change) => change.ApplyTo(tree));
            AssertSameEntries(after, Apply(before, SnapshotDiff.Between(before, after)));
            AssertSameEntries(before, Apply(after, SnapshotDiff.Between(after, before)));
        }, iter: PropertyRuns.Of(300));

    [Fact]
    public void Unrelated_trees_differ_by_what_turns_one_into_the_other() =>
        Gen.Select(TreeGen.Snapshot, TreeGen.Snapshot).Sample((before, after) =>
            AssertSameEntries(after, Apply(before, SnapshotDiff.Between(before, after))), iter: PropertyRuns.Of(300));

    [Fact]
    public void Equal_trees_do_not_differ_also_when_they_share_nothing() =>
        TreeGen.Snapshot.Sample(tree =>
        {
            Assert.Empty(SnapshotDiff.Between(tree, tree));
            Assert.Empty(SnapshotDiff.Between(tree, tree with { Root = (DirectoryNode)Copy(tree.Root) }));
        }, iter: PropertyRuns.Of(300));

    [Fact]
    public void The_work_follows_the_change_and_not_the_tree()
    {
        var wide = DirectoryNode.Listed(PathName.Of("wide"), Enumerable.Range(0, 1000).Select(at => Deep($"d{at:0000}", 50)), default);
        var before = Snapshot.Initial(default).With(VirtualPath.Root, DirectoryNode.Listed(default, [wide], default), Later);
        var path = VirtualPath.Parse("/wide/d0500");
        var after = before.With(path, Deep("d0500", 50).With(new FileNode(PathName.Of("new"), null)), Later);

        _ = SnapshotDiff.Between(before, after).Count(); // the first call compiles
        var start = GC.GetAllocatedBytesForCurrentThread();
        var change = Assert.Single(SnapshotDiff.Between(before, after));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - start;

        Assert.Equal((ChangeKind.Added, path / PathName.Of("new")), (change.Kind, change.Path));

        // To look at 51,000 entries would make a path for each: megabytes. 1,000 paths of siblings are unavoidable.
        Assert.InRange(allocated, 0, 400_000);
    }

    [Fact]
    public void A_file_that_becomes_a_directory_is_removed_and_the_directory_added_with_all_in_it()
    {
        var before = Snapshot.Initial(default).With(VirtualPath.Parse("/a"), new FileNode(PathName.Of("a"), null), Later);
        var after = before.With(VirtualPath.Parse("/a"), DirectoryNode.Listed(PathName.Of("a"), [new FileNode(PathName.Of("b"), null)], default), Later);
        Assert.Equal(
            [(ChangeKind.Removed, "/a"), (ChangeKind.Added, "/a"), (ChangeKind.Added, "/a/b")],
            SnapshotDiff.Between(before, after).Select(change => (change.Kind, change.Path.ToString())));
    }

    [Fact]
    public void Of_a_directory_that_was_not_listed_nothing_is_claimed()
    {
        var before = Snapshot.Initial(default);
        var after = before.With(VirtualPath.Root, DirectoryNode.Listed(default, [new FileNode(PathName.Of("a"), null)], default), Later);
        var change = Assert.Single(SnapshotDiff.Between(before, after));
        Assert.Equal((ChangeKind.Unknown, VirtualPath.Root), (change.Kind, change.Path));
    }

    private static DirectoryNode Deep(string name, int files) =>
        DirectoryNode.Listed(PathName.Of(name), Enumerable.Range(0, files).Select(at => new FileNode(PathName.Of($"f{at}"), null)), default);

    private static Snapshot Apply(Snapshot tree, IEnumerable<SnapshotChange> changes)
    {
        foreach (var change in changes)
        {
            tree = change switch
            {
                { Kind: ChangeKind.Removed } => tree.Without(change.Path, Later),
                { Kind: ChangeKind.Changed, After: DirectoryNode to } => tree.With(change.Path, Retimed((DirectoryNode)tree.Find(change.Path)!, to), Later),
                { After: { } node } => tree.With(change.Path, node, Later),
                _ => throw new InvalidOperationException($"{change} tells nothing to apply"),
            };
        }

        return tree;
    }

    /// <summary>What changed in a directory's own entry; what lies in it has changes of its own.</summary>
    private static DirectoryNode Retimed(DirectoryNode from, DirectoryNode to) =>
        to.IsListed
            ? DirectoryNode.Listed(to.Name, from.Children, to.ModifiedAt)
            : from.Children.Aggregate(DirectoryNode.Unknown(to.Name, to.ModifiedAt), (directory, child) => directory.With(child));

    private static SnapshotNode Copy(SnapshotNode node) => node switch
    {
        DirectoryNode { IsListed: true } directory => DirectoryNode.Listed(directory.Name, directory.Children.Select(Copy), directory.ModifiedAt),
        DirectoryNode directory => DirectoryNode.Unknown(directory.Name, directory.ModifiedAt),
        FileNode file => new FileNode(file.Name, file.Version),
        SymlinkNode link => new SymlinkNode(link.Name, link.Target, link.ModifiedAt),
        _ => throw new NotSupportedException(),
    };

    private static void AssertSameEntries(Snapshot expected, Snapshot actual)
    {
        var left = TreeWalk.Of(expected).ToList();
        var right = TreeWalk.Of(actual).ToList();
        Assert.Equal(left.Select(entry => entry.Path), right.Select(entry => entry.Path));
        Assert.All(left.Zip(right), pair => Assert.True(pair.First.Node.SameEntry(pair.Second.Node), $"{pair.First.Path}"));
    }
}
