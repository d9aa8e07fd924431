using VirtualView.Cache.Tests.Support;
using VirtualView.Core.Blocks;

namespace VirtualView.Cache.Tests;

public sealed class ScrubTests : IDisposable
{
    private const int Block = TestFolder.Block;
    private const int Blocks = 8;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_sound_cache_is_clean_and_the_progress_ends_at_its_total()
    {
        await using var store = await FillAsync(versions: 20);
        var progress = new Progress();
        var report = await store.ScrubAsync(ScrubMode.Drop, progress, TestContext.Current.CancellationToken);

        Assert.True(report.IsClean);
        Assert.Equal(20 * Blocks, report.Blocks);
        Assert.Equal(20L * Blocks * Block, report.Bytes);
        Assert.Equal(new ScrubProgress(20 * Blocks, 20 * Blocks, 20L * Blocks * Block), progress.Seen[^1]);
        Assert.True(progress.Seen.Count > 1);
        Assert.Equal(20 * Blocks, await store.CountHitsAsync(20, Blocks));
    }

    [Fact]
    public async Task Flipped_bytes_are_found_though_the_block_was_proved_before_and_are_never_served()
    {
        await using var store = await FillAsync(versions: 1);
        using var payload = store.OpenBlocks(0, Blocks);
        Assert.True(await payload.HitsBlockAsync(3));
        Flip(_folder.PayloadFiles().Single(), (3 * Block) + 17);

        var report = await ScrubAsync(store, ScrubMode.Report);
        Assert.Equal((1, 0, 0), (report.Damaged, report.Missing, report.Strays));
        Assert.Equal(new DamagedBlock(Content.Version(0), 3), Assert.Single(report.First));
        Assert.True(payload.Has(3)); // a report removes nothing
        Assert.False(await payload.HitsBlockAsync(3));
    }

    [Fact]
    public async Task Dropping_removes_what_is_damaged_and_a_second_scrub_is_clean()
    {
        await using var store = await FillAsync(versions: 3);
        var files = FilesByVersion(3);
        Flip(files[0], 17);
        using (var short1 = new FileStream(files[1], FileMode.Open)) short1.SetLength(5 * Block);
        File.Delete(files[2]);
        var stray = Path.Combine(_folder.Path, "payloads", "ab", "abcdefabcdefabcd");
        Directory.CreateDirectory(Path.GetDirectoryName(stray)!);
        await File.WriteAllTextAsync(stray, "stray", TestContext.Current.CancellationToken);

        var first = await ScrubAsync(store, ScrubMode.Report);
        var second = await ScrubAsync(store, ScrubMode.Drop);
        foreach (var report in (ScrubReport[])[first, second])
            Assert.Equal((3 * Blocks, 1, 3 + Blocks, 1), (report.Blocks, report.Damaged, report.Missing, report.Strays));

        Assert.Equal((3 * Blocks) - 1 - 3 - Blocks, store.Status().Blocks);
        Assert.False(File.Exists(stray));
        Assert.True((await ScrubAsync(store, ScrubMode.Report)).IsClean);
        for (var version = 0; version < 3; version++)
        {
            using var payload = store.OpenBlocks(version, Blocks);
            for (var block = 0; block < Blocks; block++) await payload.PutRightAsync(block);
        }

        Assert.Equal(3 * Blocks, await store.CountHitsAsync(3, Blocks));
    }

    [Fact]
    public async Task At_most_a_hundred_blocks_are_named()
    {
        await using var store = await FillAsync(versions: 20);
        foreach (var file in _folder.PayloadFiles()) File.Delete(file);
        var report = await ScrubAsync(store, ScrubMode.Report);
        Assert.Equal(20 * Blocks, report.Missing);
        Assert.Equal(ScrubReport.MostNamed, report.First.Length);
    }

    [Fact]
    public async Task A_scrub_ends_when_it_is_cancelled_and_when_the_store_closes()
    {
        var store = await FillAsync(versions: 20);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.ScrubAsync(ScrubMode.Report, new Progress { OnReport = stop.Cancel }, stop.Token).AsTask());
        Task closing = Task.CompletedTask;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.ScrubAsync(ScrubMode.Report, new Progress { OnReport = () => closing = store.DisposeAsync().AsTask() }, CancellationToken.None).AsTask());
        await closing;
    }

    [Fact]
    [Trait("Duration", "medium")]
    public async Task Among_puts_evictions_and_drops_it_reports_nothing_that_is_not_so()
    {
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = 40L * Block, OpenFiles = 2 });
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(3), TimeProvider.System);
        var puts = Enumerable.Range(0, 2).Select(seed => Task.Run(() => DisturbAsync(store, seed, stop.Token))).ToArray();
        var scrubbed = 0L;
        var isOver = Task.WhenAll(puts);
        while (!isOver.IsCompleted || scrubbed == 0)
        {
            // What is put goes at once, and a busy machine may scrub only between: the last is put when nothing drops it.
            if (isOver.IsCompleted) await PutOneAsync(store);
            var report = await ScrubAsync(store, ScrubMode.Drop);
            Assert.True(report.IsClean, report.ToString());
            scrubbed += report.Blocks;
        }

        await isOver;
        Assert.Equal(0, store.Status().Damaged);
        Assert.Empty(_folder.Logs.Warnings);
    }

    private static async Task DisturbAsync(BlockStore store, int seed, CancellationToken stop)
    {
        var random = new Random(seed);
        while (!stop.IsCancellationRequested)
        {
            var version = random.Next(6);
            using (var payload = store.OpenBlocks(version, 16))
                for (var i = 0; i < 16; i++) await payload.PutRightAsync(random.Next(16));
            if (random.Next(4) == 0) store.Drop(Content.Version(random.Next(6)));
            if (random.Next(4) == 0) await store.EvictAsync(Content.Version(random.Next(6)), CancellationToken.None);
        }
    }

    private static async Task PutOneAsync(BlockStore store)
    {
        using var payload = store.OpenBlocks(7, 16);
        await payload.PutRightAsync(0);
    }

    private static void Flip(string path, long at)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = at;
        var old = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)~old);
    }

    private static ValueTask<ScrubReport> ScrubAsync(BlockStore store, ScrubMode mode) =>
        store.ScrubAsync(mode, null, TestContext.Current.CancellationToken);

    private string[] FilesByVersion(int versions) =>
        [.. Enumerable.Range(0, versions).Select(version => _folder.PayloadFiles().Single(file =>
            File.ReadAllBytes(file).AsSpan().SequenceEqual(Content.Bytes(Content.Version(version), 0, Blocks * Block))))];

    private async Task<BlockStore> FillAsync(int versions)
    {
        var store = await _folder.OpenAsync();
        for (var version = 0; version < versions; version++)
        {
            using var payload = store.OpenBlocks(version, Blocks);
            for (var block = 0; block < Blocks; block++) await payload.PutRightAsync(block);
        }

        return store;
    }

    private sealed class Progress : IProgress<ScrubProgress>
    {
        public List<ScrubProgress> Seen { get; } = [];

        public Action OnReport { get; init; } = () => { };

        public void Report(ScrubProgress value)
        {
            Seen.Add(value);
            OnReport();
        }
    }
}
