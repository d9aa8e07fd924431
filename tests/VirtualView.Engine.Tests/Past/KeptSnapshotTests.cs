using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Versions;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Past;

public sealed class KeptSnapshotTests
{
    [Fact]
    public async Task What_a_kept_snapshot_shows_is_not_evicted_until_its_name_is_dropped_also_after_a_restart()
    {
        await using var world = new TestWorld { History = new MemoryHistory() };
        world.Source.Put("/d/f", FakeSource.Pattern(100));
        await world.OpenAsync();
        await world.ListAsync("/d");
        var version = VersionOf(world, "/d/f");
        await world.Engine.Snapshots.KeepAsync($"{world.Engine.Status().Snapshot}", "kept", TestWorld.Cancel);
        Assert.True(world.Store.IsPinned(version));
        world.Source.Put("/d/f", FakeSource.Pattern(100, seed: 2), 2000);
        await world.Engine.PollAsync(TestWorld.Cancel);
        Assert.True(world.Store.IsPinned(version));
        Assert.False(world.Store.IsPinned(VersionOf(world, "/d/f")));

        await world.Engine.DisposeAsync();
        world.Store.Unpin(version); // as the store of another process does
        await world.OpenAsync();
        Assert.True(world.Store.IsPinned(version));
        await world.Engine.Snapshots.DropAsync("kept", TestWorld.Cancel);
        Assert.False(world.Store.IsPinned(version));
    }

    [Fact]
    public async Task Evict_names_the_snapshot_that_keeps_a_file()
    {
        await using var world = new TestWorld { History = new MemoryHistory() };
        world.Source.Put("/f", FakeSource.Pattern(100));
        await world.OpenAsync();
        await world.ListAsync("/");
        await world.Engine.Snapshots.KeepAsync($"{world.Engine.Status().Snapshot}", "kept", TestWorld.Cancel);
        var report = await world.Engine.Cache.EvictAsync([VirtualPath.Parse("/f")], null, TestWorld.Cancel);
        Assert.Equal("snapshot 'kept' keeps it: drop that first", Assert.Single(report.Problems).Message);
    }

    [Fact]
    public async Task Comparing_names_what_was_added_removed_and_changed_and_what_is_unknown_and_the_other_way_round()
    {
        await using var world = new TestWorld { History = new MemoryHistory() };
        foreach (var path in new[] { "/same", "/changed", "/gone/a", "/gone/b/c", "/later/x", "/kind" }) world.Source.Put(path, FakeSource.Pattern(10));
        await world.OpenAsync();
        foreach (var path in new[] { "/", "/gone", "/gone/b" }) await world.ListAsync(path);
        var before = world.Engine.Status().Snapshot;
        world.Source.Put("/changed", FakeSource.Pattern(10, seed: 2), 2000);
        world.Source.Remove("/gone");
        world.Source.Remove("/kind");
        world.Source.Put("/kind/now", FakeSource.Pattern(10));
        world.Source.Put("/new/d/e", FakeSource.Pattern(10));
        await world.Engine.PollAsync(acceptDeletions: true, TestWorld.Cancel);
        foreach (var path in new[] { "/later", "/new", "/new/d", "/kind" }) await world.ListAsync(path);
        var after = world.Engine.Status().Snapshot;

        string[] expected =
        [
            "changed /changed", "removed /gone", "removed /gone/a", "removed /gone/b", "removed /gone/b/c", "changed /kind", "added /kind/now",
            "unknown /later", "added /new", "added /new/d", "added /new/d/e",
        ];
        Assert.Equal(expected, await DiffAsync(world, before, after));
        Assert.Equal(
            expected.Select(line => line.Replace("added", "-", StringComparison.Ordinal).Replace("removed", "added", StringComparison.Ordinal).Replace("-", "removed", StringComparison.Ordinal)),
            await DiffAsync(world, after, before));
        Assert.Empty(await DiffAsync(world, after, after));
        Assert.Equal(FileSystemError.NotFound, (await world.Engine.Snapshots.DiffAsync($"{before}", "none", TestWorld.Cancel)).Error);
    }

    private static async Task<IEnumerable<string>> DiffAsync(TestWorld world, long from, long to) =>
        (await world.Engine.Snapshots.DiffAsync($"{from}", $"{to}", TestWorld.Cancel)).Value.Changes.Select(change => $"{change.Kind} {change.Path}");

    private static VersionId VersionOf(TestWorld world, string path) => ((FileNode)world.Engine.Current.Find(VirtualPath.Parse(path))!).VersionId!.Value;
}
