using CsCheck;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Tests.Generators;
using VirtualView.Core.Units;
using VirtualView.Testing;

namespace VirtualView.Core.Tests.Snapshots;

public sealed class SnapshotTests
{
    private static readonly UnixTime Later = new(99);

    [Fact]
    public void Every_entry_is_found_at_its_path_and_nothing_elsewhere() =>
        Gen.Select(TreeGen.Snapshot, NameGen.Path).Sample((tree, anywhere) =>
        {
            var model = TreeWalk.Of(tree).ToDictionary(entry => entry.Path, entry => entry.Node);
            Assert.All(model, entry => Assert.Same(entry.Value, tree.Find(entry.Key)));
            Assert.Same(model.GetValueOrDefault(anywhere), tree.Find(anywhere));
        }, iter: PropertyRuns.Of(300));

    [Fact]
    public void Changes_do_what_they_would_to_a_dictionary() =>
        Gen.Select(TreeGen.Snapshot, TreeChange.Any.Array[1, 8]).Sample((tree, changes) =>
        {
            foreach (var change in changes)
            {
                var model = TreeWalk.Of(tree).ToDictionary(entry => entry.Path, entry => entry.Node);
                var directory = model.Where(entry => entry.Value is DirectoryNode).ElementAt(change.Pick % model.Values.OfType<DirectoryNode>().Count()).Key;
                var path = directory / change.Graft.Name;
                foreach (var gone in model.Keys.Where(at => at.StartsWith(path)).ToList())
                    model.Remove(gone);
                AssertHolds(model, tree.Without(path, Later));
                foreach (var (at, node) in TreeWalk.Of(new Snapshot(0, default, DirectoryNode.Listed(default, [change.Graft], default))).Skip(1))
                    model.Add(directory / at, node);
                tree = tree.With(path, change.Graft, Later);
                AssertHolds(model, tree);
            }
        }, iter: PropertyRuns.Of(100));

    [Fact]
    public void Only_the_directories_on_the_way_are_new() =>
        Gen.Select(TreeGen.Snapshot, TreeChange.Any).Sample((before, change) =>
        {
            var directories = TreeWalk.Of(before).Where(entry => entry.Node is DirectoryNode).ToList();
            var path = directories[change.Pick % directories.Count].Path / change.Graft.Name;
            var after = before.With(path, change.Graft, Later);
            foreach (var (at, node) in TreeWalk.Of(before).Where(entry => !entry.Path.StartsWith(path)))
                Assert.Equal(path.StartsWith(at), !ReferenceEquals(node, after.Find(at)));
            Assert.Same(change.Graft, after.Find(path));
        }, iter: PropertyRuns.Of(300));

    [Fact]
    public void Each_change_is_the_next_snapshot_and_leaves_the_one_before_as_it_was()
    {
        var before = Snapshot.Initial(new UnixTime(1));
        var after = before.With(VirtualPath.Parse("/a"), new FileNode(PathName.Of("a"), null), Later);
        Assert.Equal((1, Later), (after.Number, after.TakenAt));
        Assert.Equal((0, new UnixTime(1)), (before.Number, before.TakenAt));
        Assert.Null(before.Find(VirtualPath.Parse("/a")));
        Assert.Equal(2, after.Without(VirtualPath.Parse("/a"), Later).Number);
        Assert.Same(after, after.Without(VirtualPath.Parse("/b"), Later));
        Assert.Same(after, after.Without(VirtualPath.Root, Later));
    }

    [Fact]
    public void The_root_can_be_replaced_by_a_directory_only()
    {
        var tree = Snapshot.Initial(default);
        var root = DirectoryNode.Listed(default, [], default);
        Assert.Same(root, tree.With(VirtualPath.Root, root, Later).Root);
        Assert.Throws<ArgumentException>(() => tree.With(VirtualPath.Root, new FileNode(default, null), Later));
    }

    [Theory]
    [InlineData("/missing/a")]
    [InlineData("/file/a")]
    public void There_must_be_a_directory_to_put_a_node_into(string path)
    {
        var tree = Snapshot.Initial(default).With(VirtualPath.Parse("/file"), new FileNode(PathName.Of("file"), null), Later);
        Assert.Throws<ArgumentException>(() => tree.With(VirtualPath.Parse(path), new FileNode(PathName.Of("a"), null), Later));
    }

    [Fact]
    public void A_node_stands_under_its_own_name() =>
        Assert.Throws<ArgumentException>(() =>
            Snapshot.Initial(default).With(VirtualPath.Parse("/a"), new FileNode(PathName.Of("b"), null), Later));

    private static void AssertHolds(Dictionary<VirtualPath, SnapshotNode> model, Snapshot tree)
    {
        var found = TreeWalk.Of(tree).ToDictionary(entry => entry.Path, entry => entry.Node);
        Assert.Equal(model.Keys.Order(), found.Keys.Order());
        Assert.All(model, entry => Assert.True(entry.Value is DirectoryNode || ReferenceEquals(entry.Value, found[entry.Key]), $"{entry.Key}"));
    }
}
