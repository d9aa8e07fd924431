using VirtualView.Engine.Options;
using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Remote;
using VirtualView.Simulation.Runs;

namespace VirtualView.Simulation.Tests.Runs;

/// <summary>Histories that went wrong once, each under the name of what must be.</summary>
public sealed class NamedHistories
{
    private const int Hanging = (int)RemoteFaults.Hanging;

    [Fact]
    public void A_lookup_ends_in_time_although_each_of_four_sources_is_silent() => Histories.MustHold(
        new SimulationPlan(1, World(4, 100), [
            new Step(StepKind.Look) { Path = 1 },
            new Step(StepKind.Settle),
            .. Enumerable.Range(0, 4).Select(source => new Step(StepKind.RemoteFault) { Source = source, A = Hanging }),
            new Step(StepKind.Open) { Path = 0 },
            new Step(StepKind.Settle),
        ]),
        EngineView.OpenAsync);

    [Fact]
    public void A_poll_waits_once_for_a_source_that_falls_silent_among_many_names() => Histories.MustHold(
        new SimulationPlan(84, World(2, 300), [
            new Step(StepKind.Open) { Path = 1, Slot = 1 },
            new Step(StepKind.Settle),
            new Step(StepKind.Poll),
            new Step(StepKind.Wait) { A = 700 },
            new Step(StepKind.RemoteFault) { Source = 1, A = Hanging },
            new Step(StepKind.Settle),
        ]),
        EngineView.OpenAsync);

    private static WorldPlan World(int sources, int maxLatencyMilliseconds) => new(
        [.. Enumerable.Range(0, sources).Select(number => new SourcePlan($"s{number}", true, number == 0 && sources == 2 ? ListingDetail.Full : ListingDetail.NamesOnly, maxLatencyMilliseconds))],
        [new MappingPlan("/", [.. Enumerable.Range(0, sources)], SameRule.Checksum)],
        [new FilePlan(0, "/f0", 5000, 1000)],
        4096, 100, 8192, 0);
}
