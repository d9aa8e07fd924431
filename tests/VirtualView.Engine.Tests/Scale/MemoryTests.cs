using Microsoft.Extensions.Time.Testing;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Options;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Scale;

/// <summary>What a file costs, so that a million of them fit. Measured on the heap after a full collection.</summary>
[Collection(AloneCollection.Name)]
public sealed class MemoryTests
{
    private const int Directories = 100;
    private const int FilesEach = 1000;
    private const int Files = Directories * FilesEach;

    [Fact]
    public void A_file_of_the_tree_takes_at_most_130_bytes()
    {
        GC.KeepAlive(Many.Tree(2, 10)); // what is made once
        var before = Heap();

        var tree = Many.Tree(Directories, FilesEach);

        AssertAtMost(130, before);
        GC.KeepAlive(tree);
    }

    [Fact]
    public void A_node_takes_at_most_100_bytes()
    {
        var keeper = new SnapshotKeeper(new Snapshot(1, default, Many.Tree(Directories, FilesEach)), new FakeTimeProvider());
        var nodes = new NodeTable(keeper);
        var before = Heap();

        LookUpAll(nodes, keeper.Current.Root);

        AssertAtMost(100, before);
        Assert.Equal(1 + Directories + Files, nodes.Count);
        GC.KeepAlive(keeper);
    }

    [Fact]
    public async Task Twenty_unchanged_polls_leave_the_heap_within_a_mebibyte()
    {
        const int directories = 30;
        await using var world = new TestWorld();
        await using var source = new Many(directories, FilesEach);
        await world.OpenAsync([], [new MappingOptions { At = VirtualPath.Root, Sources = [source.Id] }], others: [source]);
        for (var at = 0; at < directories; at++)
            Assert.True((await world.LookupAsync($"/{Many.Directory(at)}/{Many.File(0)}")).IsOk);
        await PollAsync(3); // pools and compiled code find their size
        var (before, snapshot) = (Heap(), world.Engine.Current);

        await PollAsync(20);

        Assert.InRange(Heap() - before, long.MinValue, 1 << 20);
        Assert.Same(snapshot, world.Engine.Current);

        async Task PollAsync(int times)
        {
            for (var i = 0; i < times; i++)
                await world.Engine.PollAsync(TestWorld.Cancel);
        }
    }

    [Fact]
    public void A_directory_node_does_not_hold_the_entries_that_it_was_looked_up_with()
    {
        var keeper = new SnapshotKeeper(new Snapshot(1, default, Many.Tree(1, 10)), new FakeTimeProvider());
        var nodes = new NodeTable(keeper);

        var node = nodes.Lookup(nodes.Find(NodeId.Root)!, Many.Directory(0))!;

        Assert.Empty(((DirectoryNode)node.Entry).Children);
    }

    private static void LookUpAll(NodeTable nodes, DirectoryNode root)
    {
        foreach (var child in root.Children.OfType<DirectoryNode>())
        {
            var directory = nodes.Lookup(nodes.Find(NodeId.Root)!, child.Name)!;
            foreach (var file in child.Children)
                Assert.NotNull(nodes.Lookup(directory, file));
        }
    }

    private static void AssertAtMost(long bytesEach, long before)
    {
        var each = (Heap() - before) / (double)Files;
        TestContext.Current.TestOutputHelper!.WriteLine($"{each:0.0} bytes");
        Assert.InRange(each, 0, bytesEach);
    }

    private static long Heap() => GC.GetTotalMemory(forceFullCollection: true);
}
