using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Runs;

namespace VirtualView.Simulation.Tests.Runs;

public sealed class CoverageTests
{
    /// <summary>A check that never meets its subject proves nothing.</summary>
    [Fact]
    public void The_histories_of_the_engine_hold_what_they_are_about()
    {
        var lines = Enumerable.Range(1, 60)
            .SelectMany(seed => SimulationRun.Execute(PlanGenerator.FromSeed((ulong)seed), EngineView.OpenAsync).History)
            .ToList();
        int Count(string what) => lines.Count(line => line.Contains(what, StringComparison.Ordinal));
        Assert.True(Count(" gave ") > 500, $"{Count(" gave ")} reads");
        Assert.True(Count(": put ") > 200, $"{Count(": put ")} puts");
        Assert.True(Count("failed: Stale") > 0, "no stale read");
        Assert.True(Count("failed: Interrupted") > 0, "no interrupted read");
        Assert.True(Count("failed: Unreachable") + Count("failed: TimedOut") > 0, "no read that failed for want of a source");
        Assert.True(Count("life 2: ") > 0, "no second life");
    }
}
