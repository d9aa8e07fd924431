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

    [Fact]
    public void A_version_is_readable_again_when_its_export_is_back_although_an_old_handle_is_still_open() => Histories.MustHold(
        new SimulationPlan(3208, World(1, 3) with { Files = [new FilePlan(0, "/d0/f1", 4813, 1000)] }, [
            new Step(StepKind.Open) { Path = 3, Slot = 2 },
            new Step(StepKind.Settle),
            new Step(StepKind.Read) { Slot = 2, B = 29 },
            new Step(StepKind.RemoteFault) { A = (int)RemoteFaults.Unmounted },
            new Step(StepKind.Wait) { A = 1000 },
            new Step(StepKind.RemoteFault),
            new Step(StepKind.Wait) { A = 1000 },
            new Step(StepKind.Open) { Path = 3 },
            new Step(StepKind.Read) { A = 1966, B = 44 },
            new Step(StepKind.Settle),
        ]),
        EngineView.OpenAsync);

    [Fact]
    public void A_directory_of_an_unmounted_export_keeps_its_files() => Histories.MustHold(
        new SimulationPlan(4229, World(2, 3) with { Sources = [new SourcePlan("s0", true, ListingDetail.Full, 3), new SourcePlan("s1", true, ListingDetail.Full, 3)], Files = [new FilePlan(0, "/d0/f0", 4813, 1000), new FilePlan(1, "/d0/f1", 10, 1000)] }, [
            new Step(StepKind.Wait) { A = 40_000 },
            new Step(StepKind.Look) { Path = 2 },
            new Step(StepKind.Settle),
            new Step(StepKind.RemoteFault) { A = (int)RemoteFaults.Unmounted },
            new Step(StepKind.Poll),
            new Step(StepKind.Wait) { A = 5000 },
            new Step(StepKind.Look) { Path = 2 },
            new Step(StepKind.Settle),
        ]),
        EngineView.OpenAsync);

    [Fact]
    public void A_racy_version_does_not_live_on_in_the_copy_of_another_source() => Histories.MustHold(
        new SimulationPlan(2376, new WorldPlan(
            [
                new SourcePlan("s0", false, ListingDetail.Full, 30),
                new SourcePlan("s1", true, ListingDetail.Full, 3),
                new SourcePlan("s2", false, ListingDetail.WithoutTags, 30),
            ],
            [new MappingPlan("/", [0, 1, 2], SameRule.SizeAndTime)],
            [
                new FilePlan(0, "/d0/f1", 16454, 1),
                new FilePlan(0, "/d1/f3", 0, 1),
                new FilePlan(1, "/d0/f1", 7, 1, 0),
                new FilePlan(2, "/d0/e/f2", 8192, 0),
                new FilePlan(2, "/d1/f3", 1901, 1),
            ],
            4096, 100, 4096, 32768), [
            new Step(StepKind.Crash),
            new Step(StepKind.Open) { Source = 2, Path = 4, Slot = 1 },
            new Step(StepKind.Wait) { A = 1000 },
            new Step(StepKind.Poll),
            new Step(StepKind.RemoteTouch) { Path = 3 },
            new Step(StepKind.Wait) { A = 50 },
            new Step(StepKind.RemoteDelete) { Path = 3 },
        ]),
        EngineView.OpenAsync);

    [Fact]
    public void A_directory_within_a_directory_of_an_unmounted_export_stays() => Histories.MustHold(
        new SimulationPlan(9531433, new WorldPlan(
            [
                new SourcePlan("s0", false, ListingDetail.Full, 300),
                new SourcePlan("s1", false, ListingDetail.Full, 30),
                new SourcePlan("s2", true, ListingDetail.Full, 30),
            ],
            [new MappingPlan("/", [0, 1], SameRule.Checksum), new MappingPlan("/twin", [2], SameRule.Checksum)],
            [new FilePlan(0, "/d0/e/f2", 8168, 1000), new FilePlan(1, "/d0/f0", 11101, 0, 0), new FilePlan(2, "/d1/f3", 14674, 1000)],
            4096, 8, 32768, 0, 5, RevalidateRule.Always), [
            new Step(StepKind.Open) { Source = 2, Path = 5, Slot = 1 },
            new Step(StepKind.RemoteMassDelete) { Source = 1, A = 67 },
            new Step(StepKind.Wait) { A = 5000 },
            new Step(StepKind.Look) { Path = 4 },
            new Step(StepKind.Wait) { A = 40_000 },
            new Step(StepKind.RemoteFault) { A = (int)RemoteFaults.Unmounted },
            new Step(StepKind.Open) { Path = 4, Slot = 3 },
            new Step(StepKind.Settle),
        ]),
        EngineView.OpenAsync);

    private static WorldPlan World(int sources, int maxLatencyMilliseconds) => new(
        [.. Enumerable.Range(0, sources).Select(number => new SourcePlan($"s{number}", true, number == 0 && sources == 2 ? ListingDetail.Full : ListingDetail.NamesOnly, maxLatencyMilliseconds))],
        [new MappingPlan("/", [.. Enumerable.Range(0, sources)], SameRule.Checksum)],
        [new FilePlan(0, "/f0", 5000, 1000)],
        4096, 100, 8192, 0);
}
