using VirtualView.Core.Crashes;
using VirtualView.Testing.Processes;
using VirtualView.Torture.Tests.Daemon;
using VirtualView.Torture.Tests.Keeping;
using VirtualView.Torture.Tests.Kills;
using VirtualView.Torture.Tests.Power;

namespace VirtualView.Torture.Tests;

/// <summary>Needs root and loop devices.</summary>
[Trait("Needs", "fuse")]
[Trait("Duration", "long")]
public sealed class PowerLossTests
{
    private static readonly int[] Kept = [0, 1, 2, 3];
    private static readonly int[] Others = [4, 5];
    private static readonly int[] TooLate = [6, 7, 8];

    [Fact]
    public async Task After_a_power_cut_what_a_checkpoint_covers_is_there_and_no_byte_is_wrong()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/dev/loop-control"), "needs root and loop devices");
        await using var disk = await LosingDisk.MakeAsync();
        await using var world = await TortureWorld.BeginAsync("512 MiB", disk.Folder);
        var view = new QuietView(world);
        long seal;
        await using (var first = DaemonLife.Begin(world.Folders))
        {
            await first.MustMountAsync();
            await view.ReadAsync(first, Kept);
            await view.CachedAsync(Kept);
            await view.CheckpointedAsync(first, Others);
            seal = world.Folders.NewestSeal();
            await view.ReadAsync(first, TooLate);
            first.Kill();
            await first.EndedAsync();
        }

        var sources = await File.ReadAllTextAsync(Path.Combine(world.Folders.State, "sources.json"), TestContext.Current.CancellationToken);
        await disk.CutPowerAsync();
        Assert.Equal(sources, await File.ReadAllTextAsync(Path.Combine(world.Folders.State, "sources.json"), TestContext.Current.CancellationToken));
        Assert.True(world.Folders.NewestSeal() >= seal, $"seal {seal} was made and is lost; the newest is {world.Folders.NewestSeal()}");

        var requests = world.Server.Requests().Count;
        await using var second = DaemonLife.Begin(world.Folders);
        await second.MustMountAsync();
        await view.ReadAsync(second, [.. Kept, .. Others, .. TooLate]);
        await second.StopAsync();
        Assert.Equal([], view.FetchedSince(requests, Kept));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_checkpoint_that_is_done_survives_a_power_cut_in_the_next_moment(int count)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/dev/loop-control"), "needs root and loop devices");
        await using var disk = await LosingDisk.MakeAsync();
        await using var world = await TortureWorld.BeginAsync("512 MiB", disk.Folder);
        var view = new QuietView(world);
        await using (var life = DaemonLife.Begin(world.Folders, $"{CrashPoints.CacheCheckpointSealed}:{count}"))
        {
            if (await life.IsMountedAsync())
            {
                foreach (var file in Kept) await view.TryReadAsync(life, file);
            }

            await life.EndedAsync();
        }

        Assert.Equal(count, world.Folders.NewestSeal());
        await disk.CutPowerAsync();
        Assert.Equal(count, world.Folders.NewestSeal());
        await using var next = DaemonLife.Begin(world.Folders);
        await next.MustMountAsync();
        await next.StopAsync();
        string[] said = [.. (await next.EndedErrorsAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Contains("dead mount", StringComparison.Ordinal))];
        Assert.Equal([], said);
    }

    [Fact]
    public async Task A_snapshot_that_is_saved_survives_a_power_cut_in_the_next_moment()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/dev/loop-control"), "needs root and loop devices");
        await using var disk = await LosingDisk.MakeAsync();
        await using var world = await TortureWorld.BeginAsync("512 MiB", disk.Folder);
        await using (var life = DaemonLife.Begin(world.Folders, $"{CrashPoints.StateSaveCommitted}:1"))
        {
            if (await life.IsMountedAsync()) await new QuietView(world).TryReadAsync(life, 0);
            await life.EndedAsync();
        }

        await disk.CutPowerAsync();
        const string number = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM snapshot').fetchone()[0])";
        var snapshots = await Command.RunAsync("python3", "-c", number, Path.Combine(world.Folders.State, "state.db"));
        Assert.Equal("1", snapshots.Succeeded().Trim());
    }

    [Fact]
    public async Task A_pin_that_was_acknowledged_survives_a_power_cut_in_the_next_moment()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/dev/loop-control"), "needs root and loop devices");
        await using var disk = await LosingDisk.MakeAsync();
        await using var world = await TortureWorld.BeginAsync("512 MiB", disk.Folder);
        Assert.True(await PinTests.PinAndDieAsync(world, 0, crashAt: null));
        await disk.CutPowerAsync();
        Assert.Contains(PinTests.PathOf(0), await File.ReadAllTextAsync(Path.Combine(world.Folders.State, "pins.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Power_cuts_at_any_time_cost_no_start_and_no_right_byte()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/dev/loop-control"), "needs root and loop devices");
        await using var disk = await LosingDisk.MakeAsync();
        await using var world = await TortureWorld.BeginAsync(disk: disk.Folder);
        var report = new KillReport();
        var run = new KillRun(world, seed: 3, report) { AfterDeath = disk.CutPowerAsync, LosesUnsynced = true };
        var random = new Random(3);
        for (var cut = 0; cut < 20; cut++)
            await run.LiveAsync(cut % 2 == 0 ? DeathPlan.AtPoint(cut * 11, random) : DeathPlan.AtTime(random), damages: 0);
        TestContext.Current.TestOutputHelper?.WriteLine($"{report}\n{run.Ledger}");
        Assert.True(report.Problems.Count == 0, string.Join("\n\n", report.Problems));
    }
}
