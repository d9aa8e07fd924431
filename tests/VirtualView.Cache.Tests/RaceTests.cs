using VirtualView.Cache.Tests.Support;
using VirtualView.Core.Blocks;

namespace VirtualView.Cache.Tests;

[Trait("Duration", "medium")]
public sealed class RaceTests : IDisposable
{
    private const int Blocks = 64;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, 64)]
    [InlineData(true, 1)]
    [InlineData(false, 64)]
    public async Task Readers_among_evictions_and_puts_of_the_same_blocks_never_see_a_wrong_byte(bool hasHoles, int openFiles)
    {
        // Room for a quarter of what is put: every put evicts what readers are just reading.
        await using var store = await _folder.OpenAsync(
            options => options with { CapacityBytes = 40L * TestFolder.Block, OpenFiles = openFiles }, new FlakyDisk { HasHoles = hasHoles });
        using var stop = new CancellationTokenSource(Duration, TimeProvider.System);
        var tasks = new List<Task<long>>();
        for (var i = 0; i < 2; i++) tasks.Add(Task.Run(() => PutAsync(store, i, stop.Token)));
        for (var i = 0; i < 3; i++) tasks.Add(Task.Run(() => ReadAsync(store, 100 + i, stop.Token)));
        tasks.Add(Task.Run(() => WatchQuotaAsync(store, stop.Token)));
        var counts = await Task.WhenAll(tasks);

        Assert.True(counts[2] + counts[3] + counts[4] > 100, $"readers hit {counts[2]}, {counts[3]}, {counts[4]} times");
        Assert.True(store.Status().Evicted > 100, $"{store.Status().Evicted} evictions");
        Assert.Equal(0, store.Status().Damaged);
    }

    private static async Task<long> PutAsync(BlockStore store, int seed, CancellationToken stop)
    {
        var random = new Random(seed);
        long puts = 0;
        while (!stop.IsCancellationRequested)
        {
            var version = random.Next(3);
            using var payload = store.OpenBlocks(version, Blocks);
            for (var i = 0; i < 16; i++) await payload.PutRightAsync(random.Next(Blocks));
            if (random.Next(20) == 0) store.Drop(Content.Version(version));
            puts++;
        }

        return puts;
    }

    private static async Task<long> ReadAsync(BlockStore store, int seed, CancellationToken stop)
    {
        var random = new Random(seed);
        long hits = 0;
        while (!stop.IsCancellationRequested)
        {
            using var payload = store.OpenBlocks(random.Next(3), Blocks);
            for (var i = 0; i < 64; i++)
            {
                var length = random.Next(1, 2 * TestFolder.Block);
                if (await payload.HitsAsync(random.Next((Blocks * TestFolder.Block) - length), length)) hits++;
            }
        }

        return hits;
    }

    private static async Task<long> WatchQuotaAsync(BlockStore store, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Assert.InRange(store.Status().UsedBytes, 0, store.Status().CapacityBytes);
            await Task.Yield();
        }

        return 0;
    }
}
