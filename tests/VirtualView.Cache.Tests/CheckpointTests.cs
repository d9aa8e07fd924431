using VirtualView.Cache.Disk;
using VirtualView.Cache.Index;
using VirtualView.Cache.Layout;
using VirtualView.Cache.Tests.Support;
using VirtualView.Testing;

namespace VirtualView.Cache.Tests;

public sealed class CheckpointTests : IDisposable
{
    private const int Block = TestFolder.Block;

    private readonly TestFolder _folder = new();
    private readonly TestFolder _copy = new();

    public void Dispose()
    {
        _folder.Dispose();
        _copy.Dispose();
    }

    [Fact]
    public async Task What_was_put_before_a_checkpoint_survives_a_crash_after_it()
    {
        await using (var store = await _folder.OpenAsync())
        {
            using var payload = store.OpenBlocks(1, 8);
            for (var block = 0; block < 5; block++) await payload.PutRightAsync(block);
            await store.CheckpointAsync(TestContext.Current.CancellationToken);
            await payload.PutRightAsync(6);
            _folder.CopyTo(_copy.Path);
        }

        await using var again = await OpenCopyWithLabelsAsync();
        Assert.Equal("checkpoint", again.Status().OpenedFrom);
    }

    [Fact]
    public async Task The_clock_makes_a_checkpoint_only_when_something_changed()
    {
        var disk = new FlakyDisk();
        await using var store = await _folder.OpenAsync(disk: disk);
        using var payload = store.OpenBlocks(1, 8);
        await payload.PutRightAsync(0);
        Assert.Equal([1], Seals());
        _folder.Clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => Seals()[0] == 2);
        await store.CheckpointAsync(TestContext.Current.CancellationToken);

        var syncs = disk.Syncs;
        Assert.Equal(2, syncs); // the new file, and the folder that names it
        for (var i = 0; i < 5; i++)
        {
            _folder.Clock.Advance(TimeSpan.FromSeconds(5));
            await store.CheckpointAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal([2, 1], Seals());
        Assert.Equal(syncs, disk.Syncs);
    }

    [Fact]
    public async Task Enough_bytes_make_a_checkpoint_before_the_clock_does()
    {
        await using var store = await _folder.OpenAsync(options => options with { CheckpointBytes = 4 * Block });
        using var payload = store.OpenBlocks(1, 8);
        for (var block = 0; block < 4; block++) await payload.PutRightAsync(block);
        await Eventually.TrueAsync(() => Seals()[0] == 2);
    }

    [Fact]
    public async Task Checkpoints_and_the_log_do_not_fill_the_disk()
    {
        await using (var store = await _folder.OpenAsync(options => options with { CapacityBytes = 16 * Block }))
        {
            using var payload = store.OpenBlocks(1, 60);
            // Some 6,000 records of which 16 live; compaction itself, which begins at 1 MiB, is tested on the index below.
            for (var round = 0; round < 10; round++)
            {
                for (var i = 0; i < 300; i++) await payload.PutRightAsync(i % 60);
                await store.CheckpointAsync(TestContext.Current.CancellationToken);
            }

            Assert.Equal(2, Seals().Count);
            Assert.InRange(Directory.GetDirectories(Path.Combine(_folder.Path, "index", "cpr-checkpoints")).Length, 1, 2);
            Assert.InRange(Directory.GetDirectories(Path.Combine(_folder.Path, "index", "index-checkpoints")).Length, 1, 2);
        }

        await using var again = await _folder.OpenAsync(options => options with { CapacityBytes = 16 * Block });
        using var found = again.OpenBlocks(1, 60);
        Assert.Equal(16, again.Status().Blocks);
        for (var block = 0; block < 60; block++) await found.HitsBlockAsync(block);
        Assert.Equal(0, again.Status().Damaged);
    }

    [Fact]
    public async Task The_table_grows_with_what_is_cached_while_it_is_read_and_put()
    {
        const int keys = 200_000;
        var layout = new StoreLayout(_folder.Path);
        var size = IndexSize.For(10L << 40, 256 << 10);
        var sealer = new IndexSealer(layout, new LinuxDisk());
        var cancel = TestContext.Current.CancellationToken;
        await using (var index = new BlockIndex(layout, size, new LinuxDisk(), TimeProvider.System))
        {
            sealer.Seal(await index.CheckpointAsync(withTable: true, cancel));
            // An empty cache of any capacity is small on the disk.
            Assert.InRange(Directory.GetFiles(layout.Index, "*", SearchOption.AllDirectories).Sum(Libc.AllocatedBytes), 1, 1 << 20);
            var puts = Task.Run(() => PutAll(index, keys), cancel);
            for (var blocks = 1000L; !puts.IsCompleted; blocks = Math.Min(2 * blocks, keys))
            {
                index.GrowFor(blocks);
                sealer.Seal(await index.CheckpointAsync(withTable: false, cancel));
                Assert.Equal(Entry(0), await index.FindAsync(new BlockKey(7, 0), cancel) ?? Entry(0));
            }

            await puts;
            index.GrowFor(keys);
            await AssertAllAsync(index, keys);
            sealer.Seal(await index.CheckpointAsync(withTable: true, cancel));
        }

        await using var again = new BlockIndex(layout, size, new LinuxDisk(), TimeProvider.System);
        await again.RecoverAsync(IndexSeal.Read(layout, IndexSeal.List(layout)[0])!.Checkpoint, cancel);
        await AssertAllAsync(again, keys);
        again.GrowFor(4 * keys);
        await AssertAllAsync(again, keys);
    }

    [Theory]
    [InlineData(28)]
    [InlineData(17)] // two pages: a round of the loop fills most of a segment
    public async Task A_compacted_index_keeps_what_lives_over_a_restart(int segmentBits)
    {
        var layout = new StoreLayout(_folder.Path) { LogSegmentBits = segmentBits };
        var size = IndexSize.For(1L << 30, Block);
        var sealer = new IndexSealer(layout, new LinuxDisk());
        IndexSeal seal;
        await using (var index = new BlockIndex(layout, size, new LinuxDisk(), TimeProvider.System))
        {
            var cancel = TestContext.Current.CancellationToken;
            for (var round = 0; round < 40; round++)
            {
                for (var block = 0L; block < 2000; block++)
                    if (block % 10 == round % 10) index.Delete(new BlockKey(7, block));
                    else index.Put(new BlockKey(7, block), Entry(block));
                sealer.Seal(await index.CheckpointAsync(withTable: round % 7 == 0, cancel));
                if (index.LogBytes > 4 * 2000 * IndexSize.RecordBytes) index.Compact();
            }

            Assert.InRange(index.LogBytes, 1, 8 * 2000 * IndexSize.RecordBytes);
            sealer.Seal(await index.CheckpointAsync(withTable: false, cancel));
        }

        // What was compacted away has left the disk, segment by segment.
        if (segmentBits < 20)
            Assert.InRange(Directory.GetFiles(layout.Index, "log.*").Sum(file => new FileInfo(file).Length), 1, (8 * 2000 * IndexSize.RecordBytes) + (2L << 17));
        seal = IndexSeal.Read(layout, IndexSeal.List(layout)[0])!;
        Assert.True(sealer.IsWhole(seal));
        await using var again = new BlockIndex(layout, size, new LinuxDisk(), TimeProvider.System);
        await again.RecoverAsync(seal.Checkpoint, TestContext.Current.CancellationToken);
        for (var block = 0L; block < 2000; block++)
        {
            var found = await again.FindAsync(new BlockKey(7, block), TestContext.Current.CancellationToken);
            Assert.Equal(block % 10 == 9 ? null : Entry(block), found);
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(4096)]
    [InlineData(4_000_000)]
    public async Task Another_capacity_keeps_the_blocks_that_fit(int capacityBlocks)
    {
        await using (var store = await _folder.OpenAsync())
        {
            using var payload = store.OpenBlocks(1, 100);
            for (var block = 0; block < 100; block++) await payload.PutRightAsync(block);
        }

        await using var again = await _folder.OpenAsync(options => options with { CapacityBytes = (long)capacityBlocks * Block });
        Assert.Equal(Math.Min(100, capacityBlocks), again.Status().Blocks);
        using var found = again.OpenBlocks(1, 100);
        var hits = 0;
        for (var block = 0; block < 100; block++)
            if (await found.HitsBlockAsync(block)) hits++;
        Assert.Equal(Math.Min(100, capacityBlocks), hits);
    }

    [Fact]
    public async Task Opening_and_closing_without_a_change_loses_nothing()
    {
        await using (var store = await _folder.OpenAsync())
        {
            using var payload = store.OpenBlocks(1, 4);
            await payload.PutRightAsync(0);
        }

        for (var i = 0; i < 3; i++)
        {
            await using var again = await _folder.OpenAsync();
            Assert.Equal("checkpoint 1", $"{again.Status().OpenedFrom} {again.Status().Blocks}");
        }

        Assert.Empty(_folder.Logs.Warnings);
    }

    [Fact]
    public async Task Another_block_size_starts_empty_and_says_so()
    {
        await using (var store = await _folder.OpenAsync())
        {
            using var payload = store.OpenBlocks(1, 4);
            await payload.PutRightAsync(0);
        }

        await using var again = await _folder.OpenAsync(options => options with { BlockSizeBytes = 2 * Block });
        Assert.Equal(0, again.Status().Blocks);
        Assert.Empty(_folder.PayloadFiles());
        Assert.Single(_folder.Logs.Warnings);
    }

    private static void PutAll(BlockIndex index, int keys)
    {
        for (var block = 0L; block < keys; block++) index.Put(new BlockKey(7, block), Entry(block));
    }

    private static async Task AssertAllAsync(BlockIndex index, int keys)
    {
        for (var block = 0L; block < keys; block++)
            Assert.Equal(Entry(block), await index.FindAsync(new BlockKey(7, block), TestContext.Current.CancellationToken));
    }

    private static BlockEntry Entry(long block) => BlockEntry.Of(new BlockKey(7, block), [(byte)block, 1, 2], 3);

    private IReadOnlyList<long> Seals() => IndexSeal.List(new StoreLayout(_folder.Path));

    /// <summary>A copied file has lost its label; the sidecar's reader does not mind who wrote it, so the test writes it again.</summary>
    private async Task<BlockStore> OpenCopyWithLabelsAsync()
    {
        var label = new byte[Payloads.PayloadLabel.SizeBytes];
        var disk = new LinuxDisk();
        foreach (var path in _folder.PayloadFiles())
        {
            Assert.True(disk.TryGetLabel(path, label));
            disk.SetLabel(path.Replace(_folder.Path, _copy.Path, StringComparison.Ordinal), label);
        }

        var store = await _copy.OpenAsync();
        using var payload = store.OpenBlocks(1, 8);
        for (var block = 0; block < 5; block++) Assert.True(await payload.HitsBlockAsync(block));
        return store;
    }
}
