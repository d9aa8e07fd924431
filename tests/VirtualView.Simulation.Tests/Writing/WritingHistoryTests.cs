using VirtualView.Simulation.Runs;
using VirtualView.Simulation.Tests.Runs;
using VirtualView.Simulation.Writing;

namespace VirtualView.Simulation.Tests.Writing;

public sealed class WritingHistoryTests
{
    [Fact]
    public void Seeded_histories_of_writing_and_dying_end_as_they_may() =>
        Histories.MustHold(SeedRange.WritingSeeds, WritingPlans.FromSeed, plan => WritingRun.Execute(plan, EngineView.OpenAsync));
}
