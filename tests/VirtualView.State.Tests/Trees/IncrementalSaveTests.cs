using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Units;
using VirtualView.State.Tests.Support;

namespace VirtualView.State.Tests.Trees;

public sealed class IncrementalSaveTests : StateTest
{
    private static readonly UnixTime Later = new(99);

    [Fact]
    public async Task Only_the_directory_that_changed_is_written()
    {
        await using var store = await OpenAsync();
        var tree = SampleTree.Of(100, 10);
        await store.SaveSnapshotAsync(null, tree, Cancel);
        Assert.Contains("102 directories written, 0 removed", Logs.LastDebug, StringComparison.Ordinal);

        var next = tree.With(SampleTree.Path(42), SampleTree.Directory(42, 11, version: 2), Later);
        await store.SaveSnapshotAsync(tree, next, Cancel);
        Assert.Contains("1 directories written, 0 removed", Logs.LastDebug, StringComparison.Ordinal);

        var without = next.Without(SampleTree.Path(7), Later);
        await store.SaveSnapshotAsync(next, without, Cancel);
        Assert.Contains("1 directories written, 1 removed", Logs.LastDebug, StringComparison.Ordinal);
        AssertSame(without, await store.LoadSnapshotAsync(Cancel));
    }

    [Fact]
    public async Task After_a_restart_the_loaded_snapshot_is_the_one_before()
    {
        await SaveAsync(SampleTree.Of(20, 3));
        await using var store = await OpenAsync();
        var loaded = await store.LoadSnapshotAsync(Cancel);
        await store.SaveSnapshotAsync(loaded, loaded!.Without(SampleTree.Path(3), Later), Cancel);
        Assert.Contains("1 directories written, 1 removed", Logs.LastDebug, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_learned_of_a_replica_is_saved_though_the_version_is_the_same()
    {
        await using var store = await OpenAsync();
        var tree = SampleTree.Of(2, 2);
        await store.SaveSnapshotAsync(null, tree, Cancel);
        var path = SampleTree.Path(1) / PathName.Of("f0001.h5");
        var version = ((FileNode)tree.Find(path)!).Version!;
        var replica = version.Replicas[0];
        var learned = version with { Replicas = [replica with { Validator = replica.Validator with { Tag = "\"strong\"" } }] };
        var next = tree.With(path, new FileNode(path.Name, learned), Later);
        await store.SaveSnapshotAsync(tree, next, Cancel);
        AssertSame(next, await store.LoadSnapshotAsync(Cancel));
    }

    [Fact]
    public async Task Names_that_begin_alike_do_not_lose_their_directories()
    {
        await using var store = await OpenAsync();
        string[] names = ["a", "a\u0001", "a-", "a0", "ab"];
        var tree = new Snapshot(1, default, DirectoryNode.Listed(default, names.Select(name =>
            DirectoryNode.Listed(PathName.Of(name), [DirectoryNode.Listed(PathName.Of("below"), [], default)], default)), default));
        await store.SaveSnapshotAsync(null, tree, Cancel);
        var next = tree.Without(VirtualPath.Parse("/a"), Later);
        await store.SaveSnapshotAsync(tree, next, Cancel);
        Assert.Contains("1 directories written, 2 removed", Logs.LastDebug, StringComparison.Ordinal);
        AssertSame(next, await store.LoadSnapshotAsync(Cancel));
    }

    [Fact]
    public async Task A_cancelled_save_leaves_what_was_saved_before()
    {
        await using var store = await OpenAsync();
        var tree = SampleTree.Of(5, 5);
        await store.SaveSnapshotAsync(null, tree, Cancel);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await store.SaveSnapshotAsync(tree, SampleTree.Of(6, 6, number: 2), cancelled.Token));
        AssertSame(tree, await store.LoadSnapshotAsync(Cancel));
    }

    [Fact]
    public async Task Saves_at_the_same_time_wait_for_each_other()
    {
        await using var store = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(1, 8).Select(number => store.SaveSnapshotAsync(null, SampleTree.Of(10, 10, number), Cancel).AsTask()));
        var loaded = await store.LoadSnapshotAsync(Cancel);
        AssertSame(SampleTree.Of(10, 10, loaded!.Number), loaded);
    }
}
