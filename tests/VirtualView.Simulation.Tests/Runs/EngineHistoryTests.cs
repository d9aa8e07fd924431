using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Runs;

namespace VirtualView.Simulation.Tests.Runs;

public sealed class EngineHistoryTests
{
    [Fact]
    public void Two_hundred_seeded_histories_show_one_version_a_handle() =>
        Histories.MustHold(SeedRange.Seeds, EngineView.OpenAsync);

    [Fact]
    public void The_same_seed_gives_the_engine_the_same_history_byte_for_byte()
    {
        foreach (var seed in SeedRange.Seeds.Take(10))
        {
            var first = SimulationRun.Execute(PlanGenerator.FromSeed(seed), EngineView.OpenAsync);
            var second = SimulationRun.Execute(PlanGenerator.FromSeed(seed), EngineView.OpenAsync);
            Assert.Equal(first.History, second.History);
            Assert.Equal(first.Turns, second.Turns);
        }
    }
}
