using System.Diagnostics;
using System.Reflection;
using VirtualView.Cache.Tests.Support;
using VirtualView.Testing;

namespace VirtualView.Cache.Tests;

[Trait("Duration", "medium")]
public sealed class CrashTests : IDisposable
{
    private const int Versions = 6;
    private const int Blocks = 40;
    private const int CapacityBlocks = 120;
    private const int Rounds = 6;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_in_the_middle_of_puts_it_opens_within_its_quota_and_never_gives_a_wrong_byte()
    {
        var random = new Random(4711);
        var hits = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await RunAndKillAsync(round, async () =>
            {
                await CheckpointsAsync(2);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(200)), TimeProvider.System, TestContext.Current.CancellationToken);
            });
            await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = (long)CapacityBlocks * TestFolder.Block });
            Assert.InRange(store.Status().UsedBytes, 0, (long)CapacityBlocks * TestFolder.Block);
            hits += await store.CountHitsAsync(Versions, Blocks);
            Assert.InRange(DiskBlocks(), 0, CapacityBlocks + 8); // what the crash orphaned was given back
        }

        Assert.True(hits > Rounds * 10, $"only {hits} blocks survived {Rounds} crashes");
    }

    [Fact]
    public async Task What_a_checkpoint_covered_survives_the_kill_that_follows()
    {
        await RunAndKillAsync(1, () => CheckpointsAsync(3));
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = (long)CapacityBlocks * TestFolder.Block });
        Assert.Equal("checkpoint", store.Status().OpenedFrom);
        Assert.True(store.Status().Blocks > 10, $"{store.Status().Blocks} blocks");
    }

    [Fact]
    public async Task Blocks_whose_eviction_was_not_recorded_are_counted_in_one_line_and_are_no_damage()
    {
        await using (var store = await _folder.OpenAsync())
        {
            using var payload = store.OpenBlocks(1, 12);
            for (var block = 0; block < 12; block++) await payload.PutRightAsync(block);
        }

        Punch(_folder.PayloadFiles()[0], 3, 4);
        Punch(_folder.PayloadFiles()[0], 9, 1);
        await using var again = await _folder.OpenAsync();
        Assert.Equal(7L * TestFolder.Block, again.Status().UsedBytes);
        Assert.Equal(7, await again.CountHitsAsync(2, 12));
        Assert.Equal(0, again.Status().Damaged);
        Assert.StartsWith("5 cached blocks", Assert.Single(_folder.Logs.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hole_that_the_start_did_not_see_is_an_eviction_and_no_damage_when_it_is_read()
    {
        await using (var store = await _folder.OpenAsync())
        {
            using var payload = store.OpenBlocks(1, 12);
            for (var block = 0; block < 11; block++) await payload.PutRightAsync(block);
        }

        var path = _folder.PayloadFiles()[0];
        Punch(path, 3, 1);
        using (var file = new FileStream(path, FileMode.Open))
        {
            // A put whose record was lost too: the file takes as much room as its blocks should.
            file.Position = 11L * TestFolder.Block;
            file.Write(new byte[TestFolder.Block]);
        }

        await using var again = await _folder.OpenAsync();
        Assert.Equal(10, await again.CountHitsAsync(2, 12));
        Assert.Equal((0, 1), (again.Status().Damaged, again.Status().Evicted));
        Assert.Empty(_folder.Logs.Warnings);
    }

    private static void Punch(string path, int block, int count)
    {
        using var file = Disk.Libc.OpenUnlocked(path);
        Assert.Equal(0, Disk.Libc.PunchHole(file, (long)block * TestFolder.Block, (long)count * TestFolder.Block));
    }

    /// <summary>Waits until the writer has made so many more.</summary>
    private async Task CheckpointsAsync(int count)
    {
        var first = NewestSeal();
        await Eventually.TrueAsync(() => NewestSeal() >= first + count);
    }

    private long NewestSeal() => Index.IndexSeal.List(new Layout.StoreLayout(_folder.Path)) is [var newest, ..] ? newest : 0;

    private long DiskBlocks() => _folder.PayloadFiles().Sum(Disk.Libc.AllocatedBytes) / TestFolder.Block;

    private async Task RunAndKillAsync(int seed, Func<Task> wait)
    {
        var writer = typeof(CrashTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "CrashWriter").Value!;
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath! : "dotnet")
        {
            ArgumentList = { writer, _folder.Path, $"{seed}", $"{Versions}", $"{Blocks}", $"{CapacityBlocks}" },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            await wait();
        }
        finally
        {
            process.Kill(); // SIGKILL
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }
}
