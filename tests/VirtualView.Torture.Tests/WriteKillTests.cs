using VirtualView.Core.Crashes;
using VirtualView.Torture.Tests.Kills;
using VirtualView.Torture.Tests.Writing;

namespace VirtualView.Torture.Tests;

[Trait("Needs", "fuse")]
public sealed class WriteKillTests(ITestOutputHelper output)
{
    private const int Writers = 3;

    [Fact]
    public Task Killed_eight_times_under_writers_it_has_all_that_was_acknowledged() => RunAsync(seed: 1, deaths: 8);

    [Fact]
    [Trait("Duration", "long")]
    public Task Killed_two_hundred_times_under_writers_it_has_all_that_was_acknowledged() =>
        RunAsync(Setting("VIRTUALVIEW_TORTURE_SEED", 2), Setting("VIRTUALVIEW_TORTURE_DEATHS", 200));

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;

    /// <summary>Every other death is at a crash point of the overlay, all of them in turn.</summary>
    private async Task RunAsync(int seed, int deaths)
    {
        using var world = new WritingWorld(Writers, filesEach: 2 * deaths);
        var writers = Enumerable.Range(0, Writers).Select(number => WriterProcess.Start(world, number, seed)).ToList();
        try
        {
            var run = new WriteKillRun(world, writers);
            var random = new Random(seed);
            for (var death = 0; death < deaths && run.Problems.Count == 0; death++) await run.LiveAsync(Plan(death, random));
            if (run.Problems.Count == 0) await run.EndAsync();
            output.WriteLine($"{run.Deaths} deaths; not reached: {string.Join(' ', run.NotReached)}");
            Assert.True(run.Problems.Count == 0, $"seed {seed}: {string.Join('\n', run.Problems)}\n{Tails(world)}");
            // On a machine that is busy with other things a point may not be met before the patience ends.
            Assert.InRange(run.NotReached.Count, 0, deaths / 4);
        }
        finally
        {
            foreach (var writer in writers) writer.Dispose();
        }
    }

    private static DeathPlan Plan(int death, Random random)
    {
        if (death % 2 == 1) return new DeathPlan(null, 0, TimeSpan.FromMilliseconds(random.Next(600, 2_500)));
        // Seven shares no factor with their number.
        var point = DeathPlan.OverlayPoints[death / 2 * 7 % DeathPlan.OverlayPoints.Length];
        return new DeathPlan(point, random.Next(1, 1 + MostTimes(point)), default);
    }

    /// <summary>What comes seldom is met the first time.</summary>
    private static int MostTimes(string point) => point switch
    {
        CrashPoints.OverlayCopiedUp or CrashPoints.OverlaySizeCommitted or CrashPoints.OverlayLogCopied or CrashPoints.OverlayRemovedSynced or CrashPoints.OverlaySalvageBuilt or CrashPoints.OverlaySalvageAside => 1,
        CrashPoints.OverlayRemovedDeleted => 3,
        CrashPoints.OverlayBytesSynced or CrashPoints.OverlayBytesWritten => 4,
        _ => 10,
    };

    private static string Tails(WritingWorld world) => string.Join("\n\n", Enumerable.Range(0, Writers)
        .Select(writer => string.Join('\n', File.ReadLines(world.LogOf(writer)).TakeLast(30))));
}
