using System.Collections.Immutable;
using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Writing;

namespace VirtualView.Simulation.Tests.Plans;

public sealed class PlanTests
{
    [Fact]
    public void A_seed_makes_one_plan_and_the_next_seed_another()
    {
        Assert.Equal(PlanText.Show(PlanGenerator.FromSeed(5)), PlanText.Show(PlanGenerator.FromSeed(5)));
        Assert.NotEqual(PlanText.Show(PlanGenerator.FromSeed(5)), PlanText.Show(PlanGenerator.FromSeed(6)));
    }

    [Fact]
    public void Every_kind_of_step_happens_within_two_hundred_seeds()
    {
        var kinds = Enumerable.Range(1, 200).SelectMany(seed => PlanGenerator.FromSeed((ulong)seed).Steps.AddRange(WritingPlans.FromSeed((ulong)seed).Steps)).Select(step => step.Kind).ToHashSet();
        Assert.Equal(Enum.GetValues<StepKind>().ToHashSet(), kinds);
    }

    [Fact]
    public void A_plan_shrinks_to_the_steps_that_make_it_fail()
    {
        var plan = PlanGenerator.FromSeed(11) with
        {
            Steps = [.. Enumerable.Range(0, 100).Select(number => new Step(StepKind.Wait) { A = number })],
        };
        var small = PlanShrinker.Shrink(plan, smaller => Has(smaller, 17) && Has(smaller, 83));
        Assert.Equal([17, 83], small.Steps.Select(step => step.A));
        Assert.Empty(small.World.Files);
    }

    [Fact]
    public void A_step_is_printed_as_the_code_that_makes_it() =>
        Assert.Equal("new Step(StepKind.Read) { Slot = 2, A = 4095, B = 7 }", PlanText.Show(new Step(StepKind.Read) { Slot = 2, A = 4095, B = 7 }));

    [Fact]
    public void A_plan_is_printed_whole()
    {
        var world = PlanGenerator.FromSeed(1).World with { Files = [new FilePlan(0, "/f0", 5, 6, 0)] };
        var text = PlanText.Show(new SimulationPlan(3, world, ImmutableArray.Create(new Step(StepKind.Crash))));
        Assert.StartsWith("new SimulationPlan(3, new WorldPlan(", text, StringComparison.Ordinal);
        Assert.Contains("new FilePlan(0, \"/f0\", 5, 6, 0),", text, StringComparison.Ordinal);
        Assert.EndsWith("new Step(StepKind.Crash),\n    ]);", text, StringComparison.Ordinal);
    }

    private static bool Has(SimulationPlan plan, int number) => plan.Steps.Any(step => step.A == number);
}
