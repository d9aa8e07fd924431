using VirtualView.Cache.Index;
using VirtualView.Cache.Layout;
using VirtualView.Cache.Tests.Support;
using VirtualView.Core.Blocks;
using VirtualView.Testing.Files;

namespace VirtualView.Cache.Tests;

/// <summary>Something else stands where the store wants a file or a folder: it goes, and no checkpoint fails for ever.</summary>
public sealed class ObstacleTests : IDisposable
{
    private const int Versions = 3;
    private const int Blocks = 4;

    private readonly TestFolder _folder = new();

    public static TheoryData<string, ObstacleKind> Everywhere
    {
        get
        {
            var all = new TheoryData<string, ObstacleKind>();
            string[] files = ["lock", "format", "sources", "index/log.0", "index/seals/0000000000000009", "probe"];
            string[] folders = ["index", "index/seals", "index/cpr-checkpoints", "index/index-checkpoints", "payloads"];
            foreach (var kind in Enum.GetValues<ObstacleKind>())
            {
                foreach (var name in files) if (kind != ObstacleKind.File) all.Add(name, kind);
                foreach (var name in folders) if (kind != ObstacleKind.Folder) all.Add(name, kind);
            }

            return all;
        }
    }

    // What FASTER has open is gone with its name: only a start makes a new one.
    public static TheoryData<string, ObstacleKind> BesideTheLog =>
        [.. Everywhere.Where(row => row.Data.Item1 is not ("index" or "index/log.0"))];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task An_obstacle_at_any_name_costs_blocks_but_never_the_start_nor_the_next_checkpoint(string name, ObstacleKind kind)
    {
        await FillAsync();
        Obstacle.Put(kind, Path.Combine(_folder.Path, name));
        await FillAsync();
        await AssertAllIsSavedAsync();
    }

    [Theory]
    [MemberData(nameof(BesideTheLog))]
    public async Task An_obstacle_that_comes_while_the_store_is_open_costs_blocks_but_no_checkpoint(string name, ObstacleKind kind)
    {
        await using (var store = await _folder.OpenAsync())
        {
            await PutAllAsync(store);
            Obstacle.Put(kind, Path.Combine(_folder.Path, name));
            using var payload = store.OpenBlocks(Versions, 1);
            Assert.Equal(PutOutcome.Stored, await payload.PutRightAsync(0));
            await store.CheckpointAsync(TestContext.Current.CancellationToken);
            Assert.False(store.Status().IsDegraded);
        }

        await FillAsync();
        await AssertAllIsSavedAsync();
    }

    [Theory]
    [InlineData("index/log.0")]
    [InlineData("index")]
    public async Task An_index_that_is_taken_away_under_an_open_store_is_said_once_and_reads_and_the_next_start_go_on(string name)
    {
        await using (var store = await _folder.OpenAsync())
        {
            await PutAllAsync(store);
            Obstacle.Put(ObstacleKind.Pipe, Path.Combine(_folder.Path, name));
            for (var block = 0; block < 3; block++)
            {
                using var payload = store.OpenBlocks(Versions, 3);
                Assert.Equal(PutOutcome.Stored, await payload.PutRightAsync(block));
                await Assert.ThrowsAsync<IOException>(async () => await store.CheckpointAsync(TestContext.Current.CancellationToken));
            }

            Assert.Single(_folder.Logs.Warnings);
            Assert.Equal(Versions * Blocks, await store.CountHitsAsync(Versions, Blocks));
        }

        await FillAsync();
        await AssertAllIsSavedAsync();
    }

    [Theory]
    [InlineData(ObstacleKind.Folder)]
    [InlineData(ObstacleKind.LinkToNowhere)]
    [InlineData(ObstacleKind.LinkToItself)]
    [InlineData(ObstacleKind.Pipe)]
    public async Task Where_the_newest_seals_should_be_an_obstacle_is_passed_over_and_sealed_over(ObstacleKind kind)
    {
        await FillAsync();
        var layout = new StoreLayout(_folder.Path);
        var newest = IndexSeal.List(layout)[0];
        for (var number = newest; number < newest + 3; number++)
        {
            Obstacle.Put(kind, IndexSeal.PathOf(layout, number));
            Obstacle.Put(kind, IndexSeal.UnnamedPathOf(layout, number));
        }

        await using (var store = await _folder.OpenAsync())
        {
            using var payload = store.OpenBlocks(Versions, 1);
            Assert.Equal(PutOutcome.Stored, await payload.PutRightAsync(0));
            await PutAllAsync(store);
            await store.CheckpointAsync(TestContext.Current.CancellationToken);
            Assert.False(store.Status().IsDegraded);
        }

        await AssertAllIsSavedAsync();
        Assert.Equal(2, Directory.GetFileSystemEntries(layout.Seals).Length);
    }

    [Fact]
    public async Task A_stranger_with_the_highest_number_of_all_does_not_hide_the_seals()
    {
        await FillAsync();
        await File.WriteAllTextAsync(IndexSeal.PathOf(new StoreLayout(_folder.Path), long.MaxValue), "x", TestContext.Current.CancellationToken);
        await using (var store = await _folder.OpenAsync())
        {
            Assert.Equal(Versions * Blocks, await store.CountHitsAsync(Versions, Blocks));
            using var payload = store.OpenBlocks(Versions, 1);
            await payload.PutRightAsync(0);
        }

        await AssertAllIsSavedAsync();
    }

    [Theory]
    [InlineData(ObstacleKind.File)]
    [InlineData(ObstacleKind.LinkToNowhere)]
    [InlineData(ObstacleKind.Pipe)]
    public async Task Where_the_folders_of_payloads_should_be_obstacles_make_way_for_them(ObstacleKind kind)
    {
        await using (var store = await _folder.OpenAsync())
        {
            for (var number = 0; number < 256; number++) Obstacle.Put(kind, Path.Combine(_folder.Path, "payloads", number.ToString("x2", null)));
            await PutAllAsync(store);
        }

        await AssertAllIsSavedAsync();
    }

    [Theory]
    [InlineData(ObstacleKind.Folder)]
    [InlineData(ObstacleKind.LinkToNowhere)]
    [InlineData(ObstacleKind.Pipe)]
    public async Task Where_a_payload_or_its_dropped_name_should_be_an_obstacle_makes_way(ObstacleKind kind)
    {
        await using (var store = await _folder.OpenAsync(options => options with { OpenFiles = 1 }))
        {
            await PutAllAsync(store);
            foreach (var path in _folder.PayloadFiles())
            {
                Obstacle.Put(kind, path);
                Obstacle.Put(kind, StoreLayout.Dropped(path));
                Obstacle.Put(kind, StoreLayout.Sidecar(path));
            }

            store.Drop(Content.Version(0));
            Assert.InRange(await store.CountHitsAsync(Versions, Blocks), 0, Blocks); // of the one file that is open still
            await PutAllAsync(store);
        }

        await AssertAllIsSavedAsync();
    }

    private async Task FillAsync()
    {
        await using var store = await _folder.OpenAsync();
        await PutAllAsync(store);
    }

    private static async Task PutAllAsync(BlockStore store)
    {
        for (var version = 0; version < Versions; version++)
        {
            using var payload = store.OpenBlocks(version, Blocks);
            for (var block = 0; block < Blocks; block++)
                if (!await payload.HitsBlockAsync(block)) Assert.Equal(PutOutcome.Stored, await payload.PutRightAsync(block));
            await store.CheckpointAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task AssertAllIsSavedAsync()
    {
        await using var store = await _folder.OpenAsync();
        Assert.Equal("checkpoint", store.Status().OpenedFrom);
        Assert.Equal(Versions * Blocks, await store.CountHitsAsync(Versions, Blocks));
    }
}
