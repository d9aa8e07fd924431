using VirtualView.Cache.Disk;
using VirtualView.Cache.Tests.Support;
using VirtualView.Core.Blocks;
using VirtualView.Testing;

namespace VirtualView.Cache.Tests;

public sealed class RoomTests : IDisposable
{
    private const int Block = TestFolder.Block;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_quota_and_the_disk_hold_no_more_than_the_capacity()
    {
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = 10 * Block });
        using var payload = store.OpenBlocks(1, 100);
        for (var block = 0; block < 100; block++)
        {
            Assert.Equal(PutOutcome.Stored, await payload.PutRightAsync(block));
            Assert.InRange(store.Status().UsedBytes, 0, 10 * Block);
        }

        Assert.Equal(10, store.Status().Blocks);
        Assert.Equal(90, store.Status().Evicted);
        Assert.InRange(_folder.PayloadFiles().Sum(Libc.AllocatedBytes), 10 * Block, 11 * Block);
    }

    [Fact]
    public async Task A_block_that_is_read_again_and_again_outlives_a_scan()
    {
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = 16 * Block });
        using var hot = store.OpenBlocks(1, 1);
        using var scan = store.OpenBlocks(2, 200);
        await hot.PutRightAsync(0);
        for (var block = 0; block < 200; block++)
        {
            await scan.PutRightAsync(block);
            Assert.True(await hot.HitsBlockAsync(0));
        }
    }

    [Fact]
    public async Task Blocks_of_a_dropped_version_go_first()
    {
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = 8 * Block });
        using var old = store.OpenBlocks(1, 4);
        using var young = store.OpenBlocks(2, 8);
        for (var block = 0; block < 4; block++) await young.PutRightAsync(block);
        for (var block = 0; block < 4; block++) await old.PutRightAsync(block);
        store.Drop(Content.Version(1));
        for (var block = 4; block < 8; block++) await young.PutRightAsync(block);

        Assert.Equal(young.Identity.SizeBytes, young.Cached().TotalBytes);
        Assert.True(old.Cached().IsEmpty);
    }

    [Fact]
    public async Task Room_that_is_asked_for_is_given_back_to_the_disk_but_not_what_is_pinned()
    {
        await using var store = await _folder.OpenAsync();
        using var pinned = store.OpenBlocks(1, 4);
        using var other = store.OpenBlocks(2, 8);
        store.Pin(Content.Version(1));
        for (var block = 0; block < 4; block++) await pinned.PutRightAsync(block);
        for (var block = 0; block < 8; block++) await other.PutRightAsync(block);
        Assert.Equal(3 * Block, await store.FreeAsync((2 * Block) + 1, TestContext.Current.CancellationToken));
        Assert.Equal(9, store.Status().Blocks);
        Assert.Equal(5 * Block, await store.FreeAsync(100 * Block, TestContext.Current.CancellationToken));
        Assert.Equal(pinned.Identity.SizeBytes, pinned.Cached().TotalBytes);
        Assert.InRange(_folder.PayloadFiles().Sum(Libc.AllocatedBytes), 4 * Block, 5 * Block);
    }

    [Fact]
    public async Task A_version_without_blocks_and_lease_leaves_no_file()
    {
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = 4 * Block });
        using (var gone = store.OpenBlocks(1, 4))
            for (var block = 0; block < 4; block++) await gone.PutRightAsync(block);
        using (var next = store.OpenBlocks(2, 4))
            for (var block = 0; block < 4; block++) await next.PutRightAsync(block);

        await Eventually.TrueAsync(() => _folder.PayloadFiles().Length == 1);
        Assert.Equal(1, store.Status().Payloads);
    }

    [Fact]
    public async Task A_full_disk_refuses_a_put_says_so_once_and_loses_nothing()
    {
        var disk = new FlakyDisk();
        await using var store = await _folder.OpenAsync(disk: disk);
        using var payload = store.OpenBlocks(1, 8);
        await payload.PutRightAsync(0);
        disk.WriteError = Errno.NoSpace;
        disk.RefusedWrites = 1;
        // One eviction makes room for one more try.
        Assert.Equal(PutOutcome.Stored, await payload.PutRightAsync(1));
        disk.RefusedWrites = -1;

        for (var i = 0; i < 5; i++) Assert.Equal(PutOutcome.NoRoom, await payload.PutRightAsync(2));
        Assert.Single(_folder.Logs.Warnings);
        Assert.Equal(5, store.Status().Refused);
        Assert.Equal(payload.Cached().TotalBytes, store.Status().UsedBytes);

        disk.WriteError = 0;
        Assert.Equal(PutOutcome.Stored, await payload.PutRightAsync(2));
        Assert.True(await payload.HitsBlockAsync(2));
    }

    [Fact]
    public async Task A_disk_that_fails_a_write_keeps_no_torn_block()
    {
        var disk = new FlakyDisk();
        await using var store = await _folder.OpenAsync(disk: disk);
        using var payload = store.OpenBlocks(1, 8);
        disk.WriteError = Errno.Io;

        Assert.Equal(PutOutcome.Failed, await payload.PutRightAsync(0));
        Assert.False(payload.Has(0));
        Assert.Equal(0, store.Status().UsedBytes);
        Assert.Equal(0, _folder.PayloadFiles().Sum(Libc.AllocatedBytes) / Block);
    }

    [Fact]
    public async Task The_free_minimum_of_the_disk_is_respected()
    {
        var disk = new FlakyDisk { Free = 10L * Block };
        await using var store = await _folder.OpenAsync(options => options with { MinFreeBytes = 5 * Block }, disk);
        using var payload = store.OpenBlocks(1, 8);
        Assert.Equal(PutOutcome.Stored, await payload.PutRightAsync(0));
        disk.Free = 5L * Block;

        Assert.Equal(PutOutcome.NoRoom, await payload.PutRightAsync(1));
        Assert.Equal(0, store.Status().UsedBytes); // it tried
    }

    [Fact]
    public async Task Without_holes_whole_versions_are_evicted_and_their_room_comes_back()
    {
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = 8 * Block }, new FlakyDisk { HasHoles = false });
        for (var version = 0; version < 6; version++)
        {
            using var payload = store.OpenBlocks(version, 4);
            for (var block = 0; block < 4; block++) Assert.Equal(PutOutcome.Stored, await payload.PutRightAsync(block));
            Assert.InRange(store.Status().UsedBytes, 0, 8 * Block);
        }

        using var last = store.OpenBlocks(5, 4);
        Assert.True(await last.HitsAsync(0, 4 * Block));
        Assert.InRange(_folder.PayloadFiles().Sum(Libc.AllocatedBytes), 4 * Block, 9 * Block);
    }

    [Fact]
    public async Task Ten_thousand_leases_need_no_more_open_files_than_allowed()
    {
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = 20_000L * Block, OpenFiles = 8 });
        var leases = new List<IPayload>();
        for (var i = 0; i < 10_000; i++)
        {
            var payload = store.Open(new PayloadIdentity(Content.Version(i), 100));
            leases.Add(payload);
            if (i % 20 == 0) await payload.PutRightAsync(0);
        }

        Assert.InRange(OpenPayloadFiles(), 1, 8);
        for (var i = 0; i < 10_000; i += 20) Assert.True(await leases[i].HitsBlockAsync(0));
        Assert.InRange(OpenPayloadFiles(), 1, 8);
        foreach (var lease in leases) lease.Dispose();
        Assert.Equal(500, store.Status().Blocks);
    }

    [Fact]
    public async Task Without_extended_attributes_a_file_beside_carries_the_label()
    {
        var disk = new FlakyDisk { HasAttributes = false };
        await using (var store = await _folder.OpenAsync(disk: disk))
        {
            using var payload = store.OpenBlocks(1, 2);
            await payload.PutRightAsync(1);
        }

        await using (var again = await _folder.OpenAsync(disk: disk))
        {
            using var payload = again.OpenBlocks(1, 2);
            Assert.True(await payload.HitsBlockAsync(1));
            again.Drop(Content.Version(1));
        }

        Assert.Empty(_folder.PayloadFiles());
    }

    private int OpenPayloadFiles() =>
        Directory.GetFiles("/proc/self/fd").Count(fd => new FileInfo(fd).LinkTarget?.StartsWith(Path.Combine(_folder.Path, "payloads"), StringComparison.Ordinal) == true);

    [Fact]
    public async Task A_lower_capacity_is_reached_before_the_change_returns_and_a_higher_one_gives_room()
    {
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = 8 * Block });
        using var payload = store.OpenBlocks(1, 20);
        for (var block = 0; block < 8; block++) await payload.PutRightAsync(block);
        await store.UseCapacityAsync(3 * Block, TestContext.Current.CancellationToken);
        Assert.Equal((3L * Block, 3L * Block), (store.Status().UsedBytes, store.Status().CapacityBytes));
        await store.UseCapacityAsync(20 * Block, TestContext.Current.CancellationToken);
        for (var block = 0; block < 20; block++) await payload.PutRightAsync(block);
        Assert.Equal(20 * Block, store.Status().UsedBytes);
        Assert.Empty(_folder.Logs.Warnings);
    }

    [Fact]
    public async Task A_capacity_for_which_the_index_was_not_made_is_taken_and_said()
    {
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = 8 * Block });
        await store.UseCapacityAsync(100_000L * Block, TestContext.Current.CancellationToken);
        Assert.Equal(100_000L * Block, store.Status().CapacityBytes);
        Assert.Contains("until the view is mounted anew", Assert.Single(_folder.Logs.Warnings), StringComparison.Ordinal);
    }
}
