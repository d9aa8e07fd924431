using VirtualView.Cache.Tests.Support;
using VirtualView.Core.Blocks;

namespace VirtualView.Cache.Tests;

public sealed class PinTests : IDisposable
{
    private const int Block = TestFolder.Block;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_pinned_version_outlives_any_scan()
    {
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = 8 * Block });
        store.Pin(Content.Version(1)); // before anything of it is there
        using var pinned = store.OpenBlocks(1, 4);
        using var scan = store.OpenBlocks(2, 100);
        for (var block = 0; block < 4; block++) await pinned.PutRightAsync(block);
        for (var block = 0; block < 100; block++) Assert.Equal(PutOutcome.Stored, await scan.PutRightAsync(block));

        Assert.True(await pinned.HitsAsync(0, 4 * Block));
        Assert.Equal(4 * Block, store.Status().PinnedBytes);
        Assert.True(store.IsPinned(Content.Version(1)));
    }

    [Fact]
    public async Task An_unpinned_version_is_evicted_like_any_other()
    {
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = 8 * Block });
        using var once = store.OpenBlocks(1, 4);
        using var scan = store.OpenBlocks(2, 100);
        for (var block = 0; block < 4; block++) await once.PutRightAsync(block);
        store.Pin(Content.Version(1));
        store.Unpin(Content.Version(1));
        for (var block = 0; block < 100; block++) await scan.PutRightAsync(block);

        Assert.True(once.Cached().IsEmpty);
        Assert.Equal(0, store.Status().PinnedBytes);
    }

    [Fact]
    public async Task A_pinned_version_that_is_dropped_goes()
    {
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = 8 * Block });
        store.Pin(Content.Version(1));
        using var pinned = store.OpenBlocks(1, 8);
        using var other = store.OpenBlocks(2, 8);
        for (var block = 0; block < 8; block++) await pinned.PutRightAsync(block);
        store.Drop(Content.Version(1));
        for (var block = 0; block < 8; block++) Assert.Equal(PutOutcome.Stored, await other.PutRightAsync(block));
        Assert.True(pinned.Cached().IsEmpty);
    }

    [Fact]
    public async Task An_evicted_version_is_gone_at_once_for_who_reads_it_and_can_be_put_again()
    {
        await using var store = await _folder.OpenAsync();
        using var payload = store.OpenBlocks(1, 5);
        for (var block = 0; block < 5; block++) await payload.PutRightAsync(block);

        Assert.Equal(5 * Block, await store.EvictAsync(Content.Version(1), TestContext.Current.CancellationToken));
        Assert.False(await payload.HitsBlockAsync(0));
        Assert.Empty(_folder.PayloadFiles());
        Assert.Equal(0, store.Status().UsedBytes);
        Assert.Equal(PutOutcome.Stored, await payload.PutRightAsync(0));
        Assert.True(await payload.HitsBlockAsync(0));
        Assert.Equal(0, await store.EvictAsync(Content.Version(7), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_was_evicted_does_not_come_back_with_the_next_start()
    {
        await using (var store = await _folder.OpenAsync())
        {
            using (var payload = store.OpenBlocks(1, 5)) await payload.PutRightAsync(0);
            await store.EvictAsync(Content.Version(1), TestContext.Current.CancellationToken);
        }

        await using var again = await _folder.OpenAsync();
        Assert.Equal(0, again.Status().Blocks);
        Assert.Empty(_folder.Logs.Warnings);
    }
}
