using VirtualView.Cache.Tests.Support;
using VirtualView.Core.Blocks;
using VirtualView.Core.Ranges;
using VirtualView.Testing;

namespace VirtualView.Cache.Tests;

public sealed class BlockStoreTests : IDisposable
{
    private const int Block = TestFolder.Block;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_put_is_readable_at_once_across_blocks_and_at_odd_offsets()
    {
        await using var store = await _folder.OpenAsync();
        using var payload = store.Open(new PayloadIdentity(Content.Version(1), (2 * Block) + 777));
        for (var block = 0; block < 3; block++) Assert.Equal(PutOutcome.Stored, await payload.PutRightAsync(block));

        Assert.True(await payload.HitsAsync(0, (2 * Block) + 777));
        Assert.True(await payload.HitsAsync(Block - 3, 7));
        Assert.True(await payload.HitsAsync((2 * Block) + 776, 1));
        Assert.Equal(BlockRead.Hit, payload.TryRead(3, []));
        Assert.Equal((2 * Block) + 777, store.Status().UsedBytes);
        Assert.Equal(RangeSet.Of(new ByteRange(0, (2 * Block) + 777)), payload.Cached());
    }

    [Fact]
    public async Task A_block_that_is_missing_makes_the_whole_read_a_miss()
    {
        await using var store = await _folder.OpenAsync();
        using var payload = store.OpenBlocks(1, 3);
        await payload.PutRightAsync(0);
        await payload.PutRightAsync(2);

        Assert.False(await payload.HitsAsync(0, 3 * Block));
        Assert.Equal(BlockRead.Miss, await payload.ReadAsync(0, new byte[2 * Block], TestContext.Current.CancellationToken));
        Assert.True(payload.Has(0));
        Assert.False(payload.Has(1));
        Assert.False(payload.Has(99));
    }

    [Fact]
    public async Task Blocks_survive_a_restart_and_are_proved_before_their_first_use()
    {
        await using (var store = await _folder.OpenAsync())
        {
            Assert.Equal("new", store.Status().OpenedFrom);
            using var payload = store.OpenBlocks(1, 5);
            for (var block = 0; block < 5; block++) await payload.PutRightAsync(block);
        }

        await using var again = await _folder.OpenAsync();
        using var found = again.OpenBlocks(1, 5);
        var bytes = new byte[Block];

        Assert.Equal("checkpoint", again.Status().OpenedFrom);
        Assert.Equal(5, again.Status().Blocks);
        Assert.Equal(5 * Block, again.Status().UsedBytes);
        Assert.Equal(BlockRead.WouldBlock, found.TryRead(0, bytes));
        Assert.Equal(BlockRead.Hit, await found.ReadAsync(0, bytes, TestContext.Current.CancellationToken));
        Assert.Equal(BlockRead.Hit, found.TryRead(0, bytes));
        Assert.True(await found.HitsAsync(5, (5 * Block) - 10));
        Assert.Empty(_folder.Logs.Warnings);
    }

    [Fact]
    public async Task A_put_of_what_is_there_says_so_and_counts_once()
    {
        await using var store = await _folder.OpenAsync();
        using var payload = store.OpenBlocks(1, 1);

        Assert.Equal(PutOutcome.Stored, await payload.PutRightAsync(0));
        Assert.Equal(PutOutcome.Present, await payload.PutRightAsync(0));
        Assert.Equal(Block, store.Status().UsedBytes);
    }

    [Fact]
    public async Task Of_many_puts_of_one_block_at_once_one_stores_and_the_others_wait_until_it_is_readable()
    {
        await using var store = await _folder.OpenAsync();
        using var payload = store.OpenBlocks(1, 64);
        for (var block = 0L; block < 64; block++)
        {
            var at = block;
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                var outcome = await payload.PutRightAsync(at);
                Assert.True(payload.Has(at));
                return outcome;
            })));
            Assert.Single(outcomes, outcome => outcome == PutOutcome.Stored);
            Assert.Equal(7, outcomes.Count(outcome => outcome == PutOutcome.Present));
        }

        Assert.Equal(64 * Block, store.Status().UsedBytes);
    }

    [Fact]
    public async Task A_dropped_version_stays_readable_for_its_lease_and_starts_anew_for_the_next()
    {
        await using var store = await _folder.OpenAsync();
        var old = store.OpenBlocks(1, 2);
        await old.PutRightAsync(0);
        store.Drop(Content.Version(1));
        using var young = store.OpenBlocks(1, 2);

        Assert.False(young.Has(0));
        Assert.True(await old.HitsBlockAsync(0));
        await old.PutRightAsync(1);
        Assert.True(await old.HitsBlockAsync(1));

        old.Dispose();
        await Eventually.TrueAsync(() => store.Status().UsedBytes == 0);
        Assert.Empty(_folder.PayloadFiles());
    }

    [Fact]
    public async Task A_version_dropped_while_leased_is_gone_after_a_crash()
    {
        var copy = new TestFolder();
        await using (var store = await _folder.OpenAsync())
        {
            using var payload = store.OpenBlocks(1, 2);
            await payload.PutRightAsync(0);
            await store.CheckpointAsync(TestContext.Current.CancellationToken);
            store.Drop(Content.Version(1));
            _folder.CopyTo(copy.Path);
        }

        using (copy)
        {
            await using var again = await copy.OpenAsync();
            using var payload = again.OpenBlocks(1, 2);
            Assert.False(payload.Has(0));
            Assert.Equal(0, again.Status().UsedBytes);
        }
    }

    [Fact]
    public async Task The_same_version_with_another_size_starts_anew()
    {
        await using var store = await _folder.OpenAsync();
        using (var payload = store.OpenBlocks(1, 2)) await payload.PutRightAsync(0);
        using var larger = store.OpenBlocks(1, 3);

        Assert.False(larger.Has(0));
        await larger.PutRightAsync(2);
        Assert.True(await larger.HitsBlockAsync(2));
    }

    [Fact]
    public async Task Ranges_and_lengths_outside_the_file_are_refused()
    {
        await using var store = await _folder.OpenAsync();
        using var payload = store.Open(new PayloadIdentity(Content.Version(1), Block + 10));
        var cancel = TestContext.Current.CancellationToken;

        Assert.Throws<ArgumentOutOfRangeException>(() => payload.TryRead(Block, new byte[11]));
        Assert.Throws<ArgumentOutOfRangeException>(() => payload.TryRead(-1, new byte[1]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await payload.PutAsync(1, new byte[11], TestFolder.Source, cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await payload.PutAsync(2, new byte[1], TestFolder.Source, cancel));
        using var empty = store.Open(new PayloadIdentity(Content.Version(2), 0));
        Assert.Equal(BlockRead.Hit, empty.TryRead(0, []));
        Assert.True(empty.Cached().IsEmpty);
    }

    [Fact]
    public async Task After_the_store_is_closed_reads_miss_and_puts_fail()
    {
        var store = await _folder.OpenAsync();
        using var payload = store.OpenBlocks(1, 2);
        await payload.PutRightAsync(0);
        await store.DisposeAsync();
        await store.DisposeAsync();

        Assert.False(await payload.HitsBlockAsync(0));
        Assert.Equal(PutOutcome.Failed, await payload.PutRightAsync(1));
    }

    [Fact]
    public async Task A_second_opener_is_told_who_has_the_store()
    {
        await using var store = await _folder.OpenAsync();
        var refusal = await Assert.ThrowsAsync<BlockStoreUnavailableException>(() => _folder.OpenAsync());
        Assert.Contains($"in use by process {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        var refusal = await Assert.ThrowsAsync<BlockStoreUnavailableException>(() => _folder.OpenAsync(options => options with { Folder = "/proc/none" }));
        Assert.Contains("/proc/none", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hit_allocates_nothing()
    {
        await using var store = await _folder.OpenAsync();
        using var payload = store.OpenBlocks(1, 4);
        for (var block = 0; block < 4; block++) await payload.PutRightAsync(block);
        var bytes = new byte[8192];
        Assert.Equal(BlockRead.Hit, payload.TryRead(Block - 4096, bytes));

        Assert.Equal(0, AllocatedByHits(payload, bytes, 100_000));
    }

    private static long AllocatedByHits(IPayload payload, byte[] bytes, int count)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < count; i++)
            if (payload.TryRead(Block - 4096, bytes) != BlockRead.Hit) return -1;
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
