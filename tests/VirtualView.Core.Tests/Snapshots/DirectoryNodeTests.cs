using CsCheck;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Tests.Generators;
using VirtualView.Core.Units;

namespace VirtualView.Core.Tests.Snapshots;

public sealed class DirectoryNodeTests
{
    [Fact]
    public void A_directory_holds_what_a_dictionary_would() =>
        Gen.Select(NameGen.Name, Gen.Bool).Array[0, 40].Sample(steps =>
        {
            var model = new Dictionary<PathName, SnapshotNode>();
            var directory = DirectoryNode.Listed(default, [], default);
            foreach (var (name, isPut) in steps)
            {
                if (isPut) directory = directory.With(model[name] = new FileNode(name, null));
                else directory = model.Remove(name) ? directory.Without(name) : AssertSame(directory, directory.Without(name));
                Assert.Same(model.GetValueOrDefault(name), directory.Find(name));
            }

            Assert.Equal(model.Values.OrderBy(node => node.Name), directory.Children);
            Assert.All(directory.Children, (node, at) => Assert.Equal(at, directory.IndexOf(node.Name)));
        });

    [Fact]
    public void Entries_are_sorted_by_bytes_in_whatever_order_they_come() =>
        Gen.Select(NameGen.Name.Array[0, 20], Gen.Int).Sample((names, seed) =>
        {
            var nodes = names.Distinct().Select(name => new FileNode(name, null)).ToArray();
            new Random(seed).Shuffle(nodes);
            Assert.Equal(nodes.OrderBy(node => node.Name), DirectoryNode.Listed(default, nodes, default).Children);
        });

    [Fact]
    public void Entries_replaced_together_are_those_replaced_one_by_one() =>
        Gen.Select(NameGen.Name.Array[1, 30], Gen.Int).Sample((names, seed) =>
        {
            var directory = DirectoryNode.Listed(default, names.Distinct().Select(name => new FileNode(name, null)), default);
            var random = new Random(seed);
            var replacing = directory.Children.Where(_ => random.Next(2) == 0).Select(child => (SnapshotNode)DirectoryNode.Unknown(child.Name, default)).ToList();
            var expected = replacing.Aggregate(directory, (node, child) => node.With(child));

            Assert.Equal(expected.Children, directory.WithAll(replacing).Children);
            Assert.Same(directory, directory.WithAll([]));
        });

    [Fact]
    public void What_is_not_there_is_not_replaced() =>
        Assert.Throws<ArgumentException>(() => DirectoryNode.Listed(default, [], default).WithAll([new FileNode(PathName.Of("a"), null)]));

    [Fact]
    public void Two_entries_of_one_name_are_refused() =>
        Assert.Throws<ArgumentException>(() =>
            DirectoryNode.Listed(default, [new FileNode(PathName.Of("a"), null), DirectoryNode.Unknown(PathName.Of("a"), default)], default));

    [Fact]
    public void A_directory_does_not_follow_the_list_it_was_made_from()
    {
        SnapshotNode[] list = [new FileNode(PathName.Of("a"), null)];
        var directory = DirectoryNode.Listed(default, list, default);
        list[0] = new FileNode(PathName.Of("b"), null);
        Assert.NotNull(directory.Find(PathName.Of("a")));
    }

    [Fact]
    public void Not_listed_is_not_the_same_as_empty()
    {
        var unknown = DirectoryNode.Unknown(PathName.Of("d"), default);
        var empty = DirectoryNode.Listed(PathName.Of("d"), [], default);
        Assert.False(unknown.SameEntry(empty));
        Assert.False(empty.SameEntry(unknown));
        Assert.False(unknown.With(new FileNode(PathName.Of("a"), null)).IsListed);
    }

    [Fact]
    public void A_directory_says_the_same_whatever_lies_below_it()
    {
        var empty = DirectoryNode.Listed(PathName.Of("d"), [], default);
        Assert.True(empty.SameEntry(empty.With(new FileNode(PathName.Of("a"), null))));
        Assert.False(empty.SameEntry(DirectoryNode.Listed(PathName.Of("d"), [], new UnixTime(1))));
        Assert.False(empty.SameEntry(new FileNode(PathName.Of("d"), null)));
    }

    private static DirectoryNode AssertSame(DirectoryNode expected, DirectoryNode actual)
    {
        Assert.Same(expected, actual);
        return actual;
    }
}
