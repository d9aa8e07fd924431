using VirtualView.Cache.Disk;
using VirtualView.Cache.Tests.Support;
using VirtualView.Core.Blocks;
using VirtualView.Testing.Processes;

namespace VirtualView.Cache.Tests;

/// <summary>A disk that refuses: reads go on, one warning, and all is well again when it is.</summary>
public sealed class TroubleTests : IDisposable
{
    private const int Block = TestFolder.Block;

    private readonly TestFolder _folder = new();
    private readonly TestFolder _copy = new();

    public void Dispose()
    {
        _folder.Dispose();
        _copy.Dispose();
    }

    [Theory]
    [InlineData(Errno.NoSpace)]
    [InlineData(Errno.OverQuota)]
    [InlineData(Errno.Io)]
    [InlineData(Errno.ReadOnly)]
    public async Task An_index_that_cannot_be_saved_is_saved_once_it_can_without_a_restart(int error)
    {
        var disk = new FlakyDisk();
        await using var store = await _folder.OpenAsync(disk: disk);
        store.Pin(Content.Version(1)); // nothing may go for the index's sake
        using var payload = store.OpenBlocks(1, 64);
        disk.IndexError = error;
        for (var block = 0; block < 40; block++)
        {
            Assert.Equal(PutOutcome.Stored, await payload.PutRightAsync(block));
            if (block % 10 == 9) await Assert.ThrowsAsync<IOException>(() => CheckpointAsync(store));
        }

        Assert.True(await payload.HitsAsync(0, 40 * Block));
        Assert.True(store.Status().IsDegraded);
        Assert.Single(_folder.Logs.Warnings);

        disk.IndexError = 0;
        await CheckpointAsync(store);
        Assert.False(store.Status().IsDegraded);
        await AssertSavedAsync(40);
        for (var block = 40; block < 64; block++) await payload.PutRightAsync(block);
        await CheckpointAsync(store);
        await AssertSavedAsync(64);
        Assert.Single(_folder.Logs.Warnings);
    }

    [Fact]
    public async Task A_seal_whose_name_may_not_have_reached_the_disk_is_made_again_and_said_once()
    {
        var disk = new FlakyDisk();
        await using var store = await _folder.OpenAsync(disk: disk);
        using var payload = store.OpenBlocks(1, 64);
        disk.SealsError = Errno.Io;
        for (var block = 0; block < 3; block++)
        {
            await payload.PutRightAsync(block);
            await Assert.ThrowsAsync<IOException>(() => CheckpointAsync(store));
        }

        Assert.Contains("seals", Assert.Single(_folder.Logs.Warnings), StringComparison.Ordinal);
        Assert.True(store.Status().IsDegraded);
        disk.SealsError = 0;
        await CheckpointAsync(store);
        Assert.False(store.Status().IsDegraded);
        await AssertSavedAsync(3);
        Assert.Single(_folder.Logs.Warnings);
    }

    [Fact]
    public async Task A_store_whose_index_cannot_be_saved_closes_and_opens_again()
    {
        var disk = new FlakyDisk();
        await using (var store = await _folder.OpenAsync(disk: disk))
        {
            using var payload = store.OpenBlocks(1, 8);
            await payload.PutRightAsync(0);
            await CheckpointAsync(store);
            disk.IndexError = Errno.Io;
            await payload.PutRightAsync(1);
            await Assert.ThrowsAsync<IOException>(() => CheckpointAsync(store));
        }

        await using var again = await _folder.OpenAsync();
        using var after = again.OpenBlocks(1, 8);
        Assert.True(await after.HitsBlockAsync(0));
    }

    [Fact]
    public async Task A_full_disk_does_not_keep_a_new_store_from_opening()
    {
        await using var store = await _folder.OpenAsync(disk: new FlakyDisk { IndexError = Errno.NoSpace, WriteError = Errno.NoSpace });
        using var payload = store.OpenBlocks(1, 8);
        Assert.Equal(PutOutcome.NoRoom, await payload.PutRightAsync(0));
        Assert.Single(_folder.Logs.Warnings);
    }

    [Fact]
    public async Task What_a_failed_sync_may_have_lost_is_not_served_and_the_rest_is()
    {
        var disk = new FlakyDisk();
        await using var store = await _folder.OpenAsync(disk: disk);
        using var payload = store.OpenBlocks(1, 8);
        await payload.PutRightAsync(0);
        await CheckpointAsync(store);
        await payload.PutRightAsync(1);
        disk.SyncError = Errno.Io;
        await CheckpointAsync(store);

        Assert.True(await payload.HitsBlockAsync(0));
        Assert.False(payload.Has(1));
        Assert.Equal(Block, store.Status().UsedBytes);
        Assert.Single(_folder.Logs.Warnings);
        disk.SyncError = 0;
        Assert.Equal(PutOutcome.Stored, await payload.PutRightAsync(1));
        await CheckpointAsync(store);
        Assert.True(await payload.HitsBlockAsync(1));
        Assert.False(store.Status().IsDegraded);
    }

    [Fact]
    public async Task A_cache_full_of_pins_keeps_nothing_else_says_so_once_and_recovers()
    {
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = 4 * Block });
        store.Pin(Content.Version(1));
        using var pinned = store.OpenBlocks(1, 4);
        using var other = store.OpenBlocks(2, 4);
        for (var block = 0; block < 4; block++) await pinned.PutRightAsync(block);
        for (var i = 0; i < 5; i++) Assert.Equal(PutOutcome.NoRoom, await other.PutRightAsync(0));

        Assert.Contains("pinned", Assert.Single(_folder.Logs.Warnings), StringComparison.Ordinal);
        Assert.Contains("pinned", store.Status().Reason, StringComparison.Ordinal);
        store.Unpin(Content.Version(1));
        Assert.Equal(PutOutcome.Stored, await other.PutRightAsync(0));
        Assert.Null(store.Status().Reason);
    }

    [Theory]
    [Trait("Needs", "root")]
    [InlineData("ext4")]
    [InlineData("ext2")]
    [InlineData("tmpfs")]
    public async Task On_a_disk_that_others_fill_reads_go_on_and_all_is_well_when_they_leave(string kind)
    {
        await using var disk = await SmallDisk.MountOrSkipAsync(kind, 12);
        var folder = Path.Combine(disk.Folder, "cache");
        await using var store = await _folder.OpenAsync(options => options with { Folder = folder, CapacityBytes = 1L << 30 });
        store.Pin(Content.Version(1));
        using var payload = store.OpenBlocks(1, 64);
        var stored = new List<int>();
        for (var block = 0; block < 64; block++)
        {
            if (block == 16) disk.Fill();
            if (await payload.PutRightAsync(block) == PutOutcome.Stored) stored.Add(block);
            if (block % 8 == 7) await TryCheckpointAsync(store);
        }

        Assert.InRange(stored.Count, 16, 63);
        foreach (var block in stored) Assert.True(await payload.HitsBlockAsync(block));
        Assert.Single(_folder.Logs.Warnings);
        Assert.True(store.Status().IsDegraded);

        disk.Empty();
        Assert.Equal(PutOutcome.Stored, await payload.PutRightAsync(63));
        await CheckpointAsync(store);
        Assert.False(store.Status().IsDegraded);
        Assert.Single(_folder.Logs.Warnings);
        await AssertSavedAsync(stored.Count + 1, folder);
    }

    [Theory]
    [Trait("Needs", "root")]
    [InlineData("ext4")]
    [InlineData("tmpfs")]
    public async Task A_capacity_larger_than_the_disk_works_by_evicting(string kind)
    {
        await using var disk = await SmallDisk.MountOrSkipAsync(kind, 8);
        var folder = Path.Combine(disk.Folder, "cache");
        await using (var store = await _folder.OpenAsync(options => options with { Folder = folder, CapacityBytes = 1L << 30 }))
        {
            for (var version = 0; version < 10; version++)
            {
                using var payload = store.OpenBlocks(version, 32);
                for (var block = 0; block < 32; block++)
                    if (await payload.PutRightAsync(block) == PutOutcome.Stored) Assert.True(await payload.HitsBlockAsync(block));
                await TryCheckpointAsync(store);
            }

            await CheckpointAsync(store);
            Assert.InRange(store.Status().Blocks, 16, 128);
        }

        await using var again = await _folder.OpenAsync(options => options with { Folder = folder, CapacityBytes = 1L << 30 });
        Assert.Equal(again.Status().Blocks, await again.CountHitsAsync(10, 32));
        Assert.InRange(again.Status().Blocks, 16, 128);
        Assert.InRange(_folder.Logs.Warnings.Length, 0, 1);
    }

    [Fact]
    [Trait("Needs", "root")]
    public async Task Where_holes_cannot_be_punched_it_is_said_at_the_start_and_versions_go_whole()
    {
        await using var disk = await SmallDisk.MountOrSkipAsync("bindfs", 0);
        var folder = Path.Combine(disk.Folder, "cache");
        await using var store = await _folder.OpenAsync(options => options with { Folder = folder, CapacityBytes = 8 * Block });
        Assert.Contains("holes", Assert.Single(_folder.Logs.Warnings), StringComparison.Ordinal);
        for (var version = 0; version < 6; version++)
        {
            using var payload = store.OpenBlocks(version, 4);
            for (var block = 0; block < 4; block++) Assert.Equal(PutOutcome.Stored, await payload.PutRightAsync(block));
            Assert.True(await payload.HitsAsync(0, 4 * Block));
            await CheckpointAsync(store);
        }

        Assert.Equal(2 * 4, store.Status().Blocks);
        Assert.Single(_folder.Logs.Warnings);
    }

    [Fact]
    public async Task A_folder_on_a_network_file_system_is_named_once()
    {
        await using var store = await _folder.OpenAsync(disk: new FlakyDisk { Network = "NFS" });
        Assert.Contains("NFS", Assert.Single(_folder.Logs.Warnings), StringComparison.Ordinal);
    }

    private static Task CheckpointAsync(BlockStore store) => store.CheckpointAsync(TestContext.Current.CancellationToken).AsTask();

    private static async Task TryCheckpointAsync(BlockStore store)
    {
        try
        {
            await CheckpointAsync(store);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>As after a crash now: a copy of the folder opens with all the blocks.</summary>
    private async Task AssertSavedAsync(int blocks, string? folder = null)
    {
        Layout.StoreFormat.Delete(_copy.Path);
        (await Command.RunAsync("cp", "-a", folder ?? _folder.Path, _copy.Path)).Succeeded();
        await using var after = await _copy.OpenAsync(options => options with { CapacityBytes = 1L << 30 });
        Assert.Equal("checkpoint", after.Status().OpenedFrom);
        Assert.Equal(blocks, await after.CountHitsAsync(2, 64));
    }
}
