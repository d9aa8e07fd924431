using CsCheck;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Tests.Generators;
using VirtualView.Core.Units;
using VirtualView.State.Tests.Support;
using VirtualView.Testing;

namespace VirtualView.State.Tests.Trees;

public sealed class RestoreTests : StateTest
{
    [Fact]
    public async Task A_new_folder_holds_no_snapshot()
    {
        Assert.Null(await LoadAsync());
        Assert.Empty(Logs.Warnings);
    }

    [Fact]
    public async Task Any_snapshot_comes_back_as_it_was() =>
        await TreeGen.Snapshot.SampleAsync(
            async tree =>
            {
                await using var store = await OpenAsync();
                await store.SaveSnapshotAsync(null, tree, Cancel);
                AssertSame(tree, await store.LoadSnapshotAsync(Cancel));
            },
            iter: PropertyRuns.Of(300), threads: 1);

    [Fact]
    public async Task Saved_change_by_change_the_last_snapshot_comes_back() =>
        await Gen.Select(TreeGen.Snapshot, TreeChange.Any.Array[1, 8], Gen.Bool).SampleAsync(
            async (tree, changes, isReopened) =>
            {
                var store = await OpenAsync();
                await store.SaveSnapshotAsync(null, tree, Cancel);
                foreach (var change in changes)
                {
                    var next = change.ApplyTo(tree);
                    await store.SaveSnapshotAsync(tree, next, Cancel);
                    tree = next;
                    if (!isReopened) continue;
                    await store.DisposeAsync();
                    store = await OpenAsync();
                    var loaded = await store.LoadSnapshotAsync(Cancel);
                    AssertSame(tree, loaded);
                    tree = loaded!;
                }

                AssertSame(tree, await store.LoadSnapshotAsync(Cancel));
                await store.DisposeAsync();
            },
            iter: PropertyRuns.Of(150), threads: 1);

    [Fact]
    public async Task A_previous_snapshot_that_was_never_saved_costs_time_and_not_truth() =>
        await Gen.Select(TreeGen.Snapshot, TreeGen.Snapshot, TreeChange.Any).SampleAsync(
            async (saved, other, change) =>
            {
                await using var store = await OpenAsync();
                await store.SaveSnapshotAsync(null, saved, Cancel);
                var next = change.ApplyTo(other);
                await store.SaveSnapshotAsync(other, next, Cancel);
                AssertSame(next, await store.LoadSnapshotAsync(Cancel));
            },
            iter: PropertyRuns.Of(100), threads: 1);

    [Fact]
    public async Task The_first_tree_of_all_comes_back_unlisted()
    {
        var initial = Snapshot.Initial(new UnixTime(-5));
        await SaveAsync(initial);
        var loaded = await LoadAsync();
        AssertSame(initial, loaded);
        Assert.False(loaded!.Root.IsListed);
    }

    [Fact]
    public async Task A_very_deep_tree_comes_back()
    {
        var node = DirectoryNode.Listed(Core.Paths.PathName.Of("d"), [], new UnixTime(1));
        for (var depth = 0; depth < 3000; depth++)
            node = DirectoryNode.Listed(Core.Paths.PathName.Of("d"), [node], new UnixTime(depth));
        var tree = new Snapshot(7, new UnixTime(7), DirectoryNode.Listed(default, [node], default));
        await SaveAsync(tree);
        var (left, right) = (tree.Root, (await LoadAsync())!.Root);
        while (!left.Children.IsEmpty)
        {
            Assert.True(left.SameEntry(right));
            (left, right) = ((DirectoryNode)left.Children[0], (DirectoryNode)right.Children[0]);
        }

        Assert.Empty(right.Children);
    }

    [Fact]
    public async Task A_root_has_no_name()
    {
        await using var store = await OpenAsync();
        var named = new Snapshot(1, default, DirectoryNode.Unknown(Core.Paths.PathName.Of("a"), default));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.SaveSnapshotAsync(null, named, Cancel));
    }
}
