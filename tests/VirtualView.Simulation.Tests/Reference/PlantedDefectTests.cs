using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Runs;
using VirtualView.Simulation.Tests.Runs;

namespace VirtualView.Simulation.Tests.Reference;

public sealed class PlantedDefectTests
{
    private const int MostSeeds = 600;

    [Fact]
    public void A_file_system_without_a_defect_keeps_every_promise() =>
        Histories.MustHold(Enumerable.Range(1, 200).Select(seed => (ulong)seed), ReferenceView.With(PlantedDefect.None));

    [Theory]
    [InlineData(PlantedDefect.MixesVersions, "right bytes")]
    [InlineData(PlantedDefect.CachesByPath, "right bytes")]
    [InlineData(PlantedDefect.ReadsHoles, "right bytes")]
    [InlineData(PlantedDefect.ReadsShort, "short read")]
    [InlineData(PlantedDefect.ReadsElsewhere, "right bytes")]
    [InlineData(PlantedDefect.KeepsRacy, "nothing racy is kept")]
    [InlineData(PlantedDefect.ReusesBuffers, "nothing wrong is kept")]
    [InlineData(PlantedDefect.ForgetsUnreachable, "unreachable is not deleted")]
    [InlineData(PlantedDefect.WaitsForEver, "every call ends")]
    [InlineData(PlantedDefect.NeedsTheDisk, "allowed errors")]
    [InlineData(PlantedDefect.BelievesMassDeletion, "mass deletion is held back")]
    [InlineData(PlantedDefect.NeverAsksAtOpen, "close to open")]
    [InlineData(PlantedDefect.NeverLooksAgain, "convergence")]
    [InlineData(PlantedDefect.ThrowsOnCancel, "no call throws")]
    [InlineData(PlantedDefect.OpensSuperseded, "close to open")]
    [InlineData(PlantedDefect.LeaksLeases, "no lease is left")]
    [InlineData(PlantedDefect.AcceptsUnasked, "unreachable is not deleted")]
    [InlineData(PlantedDefect.NeverAccepts, "what is accepted goes")]
    [InlineData(PlantedDefect.LeaksHandles, "no handle is left")]
    [InlineData(PlantedDefect.LeavesTheThread, "one thread")]
    public void A_planted_defect_is_found_within_a_few_seeds(PlantedDefect defect, string rule)
    {
        var found = Enumerable.Range(1, MostSeeds)
            .Select(seed => SimulationRun.Execute(PlanGenerator.FromSeed((ulong)seed), ReferenceView.With(defect)))
            .FirstOrDefault(result => result.Violations.Any(violation => violation.Rule == rule));
        Assert.True(found is not null, $"{MostSeeds} seeds did not show it");
    }

    [Fact]
    public void A_failing_plan_shrinks_to_a_few_steps_that_still_fail()
    {
        bool Mixes(SimulationPlan plan) =>
            SimulationRun.Execute(plan, ReferenceView.With(PlantedDefect.MixesVersions)).Violations.Any(violation => violation.Rule == "right bytes");

        var failing = Enumerable.Range(1, MostSeeds).Select(seed => PlanGenerator.FromSeed((ulong)seed)).First(Mixes);
        var small = PlanShrinker.Shrink(failing, Mixes);
        Assert.True(Mixes(small));
        Assert.True(small.Steps.Length <= 8, PlanText.Show(small));
    }
}
