using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Runs;

namespace VirtualView.Simulation.Tests.Runs;

/// <summary>Runs plans, and tells of a failing one all that is needed to make it a named test.</summary>
internal static class Histories
{
    /// <summary>Runs every seed, so that the report says how often each promise breaks, and explains the first that fails.</summary>
    public static void MustHold(IEnumerable<ulong> seeds, ViewFactory open) =>
        MustHold(seeds, PlanGenerator.FromSeed, plan => SimulationRun.Execute(plan, open));

    public static void MustHold(IEnumerable<ulong> seeds, Func<ulong, SimulationPlan> make, Func<SimulationPlan, SimulationResult> execute)
    {
        var failed = seeds
            .Select(seed => (Seed: seed, Result: execute(make(seed))))
            .Where(run => !run.Result.IsOk)
            .Select(run => (run.Seed, run.Result.Violations[0].Rule))
            .ToList();
        if (failed.Count == 0) return;
        var summary = failed.GroupBy(run => run.Rule).Select(rule => $"{rule.Key}: seeds {string.Join(' ', rule.Select(run => run.Seed).Take(20))}");
        Assert.Fail($"{failed.Count} failed; {string.Join("; ", summary)}\n{Explain(make(failed[0].Seed), execute)}");
    }

    public static void MustHold(SimulationPlan plan, ViewFactory open) => MustHold(SimulationRun.Execute(plan, open));

    public static void MustHold(SimulationResult result)
    {
        Assert.True(result.IsOk, string.Join('\n', result.Violations));
    }

    private static string Explain(SimulationPlan plan, Func<SimulationPlan, SimulationResult> execute)
    {
        var result = execute(plan);
        var rule = result.Violations[0].Rule;
        var small = PlanShrinker.Shrink(plan, smaller => execute(smaller).Violations.Any(violation => violation.Rule == rule));
        var again = execute(small);
        return $"""
            seed {plan.Seed}: {string.Join('\n', result.Violations.Take(3))}
            shrunk to {small.Steps.Length} of {plan.Steps.Length} steps: {string.Join('\n', again.Violations.Take(3))}
            {PlanText.Show(small)}
            {string.Join('\n', again.History.TakeLast(40))}
            """;
    }
}
