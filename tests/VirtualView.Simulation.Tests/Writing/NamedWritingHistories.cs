using VirtualView.Engine.Options;
using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Remote;
using VirtualView.Simulation.Runs;
using VirtualView.Simulation.Tests.Runs;
using VirtualView.Simulation.Writing;

namespace VirtualView.Simulation.Tests.Writing;

/// <summary>Histories in which something was once wrong.</summary>
public sealed class NamedWritingHistories
{
    [Fact]
    public void A_sync_after_a_restart_covers_what_the_process_before_committed() => MustHold(89,
        [new FilePlan(0, "/d0/f1", 578, 0), new FilePlan(0, "/d1/f3", 1902, 1000)],
        [
            new Step(StepKind.MakeDirectory) { Path = 2 },
            new Step(StepKind.Rename) { Path = 2 },
            new Step(StepKind.Crash),
            new Step(StepKind.SyncDirectory),
            new Step(StepKind.OpenForWriting) { Path = 5, Slot = 2 },
            new Step(StepKind.LosePowerSoon) { A = 1 },
            new Step(StepKind.Write) { Slot = 2, A = 2702, B = 594, C = 906 },
        ]);

    [Fact]
    public void Where_bytes_were_lost_with_the_power_the_version_below_shows_and_no_zeros() => MustHold(193,
        [new FilePlan(0, "/d0/f0", 2155, 1000)],
        [
            new Step(StepKind.OpenForWriting) { Path = 2 },
            new Step(StepKind.Write) { A = 445, B = 434, C = 484 },
            new Step(StepKind.OpenForWriting) { Path = 2, Slot = 2 },
            new Step(StepKind.Close) { Slot = 2 },
            new Step(StepKind.LosePower),
        ]);

    [Fact]
    public void A_file_that_was_synced_keeps_its_bytes_when_its_replacement_goes_with_the_power() => MustHold(487,
        [new FilePlan(0, "/d0/f1", 2240, 1000), new FilePlan(0, "/f0", 1898, 1000)],
        [
            new Step(StepKind.Create) { Path = 10 },
            new Step(StepKind.Write) { A = 1542, B = 9, C = 77 },
            new Step(StepKind.Sync),
            new Step(StepKind.Close),
            new Step(StepKind.Truncate) { Path = 3, A = 3209 },
            new Step(StepKind.Rename) { A = 10 },
            new Step(StepKind.LosePower),
        ]);

    /// <summary>At every step on the disk, and with every fate of what was not synced.</summary>
    private static void MustHold(ulong seed, ReadOnlySpan<FilePlan> files, ReadOnlySpan<Step> steps)
    {
        var world = new WorldPlan(
            [new SourcePlan("s0", true, ListingDetail.Full, 3)], [new MappingPlan("/", [0], SameRule.Checksum)], [.. files], 1024, 100, 4096, 0, 30);
        for (var other = 0UL; other < 20; other++)
            Histories.MustHold(WritingRun.Execute(new SimulationPlan(seed + other, world, [.. steps]), EngineView.OpenAsync));
    }
}
