using VirtualView.Torture.Tests.Kills;

namespace VirtualView.Torture.Tests;

[Trait("Needs", "fuse")]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int CalmEvery = 10;

    [Fact]
    public Task Killed_twelve_times_it_always_mounts_again_and_never_gives_a_wrong_byte() => RunAsync(seed: 1, deaths: 12);

    [Fact]
    [Trait("Duration", "long")]
    public Task Killed_two_hundred_times_it_always_mounts_again_and_never_gives_a_wrong_byte() =>
        RunAsync(Setting("VIRTUALVIEW_TORTURE_SEED", 2), Setting("VIRTUALVIEW_TORTURE_DEATHS", 200));

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;

    /// <summary>Every other death is at a crash point, all of them in turn; before every third, files are damaged.</summary>
    private async Task RunAsync(int seed, int deaths)
    {
        await using var world = await TortureWorld.BeginAsync();
        var report = new KillReport();
        var run = new KillRun(world, seed, report);
        var random = new Random(seed);
        var first = random.Next(DeathPlan.Points.Length);
        for (var death = 0; death < deaths; death++)
        {
            // A step that shares no factor with their number walks all points, and few of them from all rooms.
            var plan = death % 2 == 0 ? DeathPlan.AtPoint(first + (death / 2 * 11), random) : DeathPlan.AtTime(random);
            await run.LiveAsync(plan, damages: death % 3 == 2 ? random.Next(1, 4) : 0);
            if (report.Problems.Count > 20) break;
            if (death % CalmEvery != CalmEvery - 1 && death != deaths - 1) continue;
            await new CalmCheck(world, run.Ledger).RunAsync();
            report.CalmChecks++;
        }

        output.WriteLine($"{report}\n{run.Ledger}");
        Assert.True(report.Problems.Count == 0, $"{report.Problems.Count} problems:\n{string.Join("\n\n", report.Problems)}");
        Assert.Empty(run.Ledger.Violations);
    }
}
