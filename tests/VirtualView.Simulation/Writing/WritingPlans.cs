using System.Collections.Immutable;
using VirtualView.Core.FileSystem;
using VirtualView.Engine.Options;
using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Remote;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Writing;

/// <summary>Makes a plan of writing from a seed: a small world of one source, programs that write over it, and deaths.</summary>
public static class WritingPlans
{
    public const int Slots = 3;

    private const int BlockSizeBytes = 1024;
    private const int LargestFileBytes = 4000;

    private static readonly (int Weight, Func<SeededRandom, Step> Make)[] Calls =
    [
        (8, random => new Step(StepKind.Create) { Path = Path(random), Slot = random.Next(Slots) }),
        (4, random => new Step(StepKind.MakeDirectory) { Path = Path(random) }),
        (1, random => new Step(StepKind.MakeSymlink) { Path = Path(random) }),
        (10, random => new Step(StepKind.OpenForWriting) { Path = Path(random), Slot = random.Next(Slots) }),
        (3, random => new Step(StepKind.OpenAndEmpty) { Path = Path(random), Slot = random.Next(Slots) }),
        (20, random => new Step(StepKind.Write) { Slot = random.Next(Slots), A = random.Next(LargestFileBytes), B = 1 + random.Next(random.Pick([20, 1500])), C = random.Next(1000) }),
        (4, random => new Step(StepKind.Append) { Slot = random.Next(Slots), B = 1 + random.Next(700), C = random.Next(1000) }),
        (4, random => new Step(StepKind.Allocate) { Slot = random.Next(Slots), A = random.Next(LargestFileBytes), B = 1 + random.Next(1500), C = random.Next(5) }),
        (3, random => new Step(StepKind.CopyRange) { Slot = random.Next(Slots), Source = random.Next(Slots), A = random.Next(2000), B = random.Next(LargestFileBytes), C = 1 + random.Next(1500) }),
        (10, random => new Step(StepKind.Close) { Slot = random.Next(Slots) }),
        (6, random => new Step(StepKind.Sync) { Slot = random.Next(Slots) }),
        (3, random => new Step(StepKind.SyncData) { Slot = random.Next(Slots) }),
        (3, random => new Step(StepKind.SyncDirectory) { Path = Path(random) }),
        (4, random => new Step(StepKind.Truncate) { Path = Path(random), A = random.Next(3) == 0 ? 0 : random.Next(LargestFileBytes) }),
        (7, random => new Step(StepKind.Unlink) { Path = Path(random) }),
        (4, random => new Step(StepKind.RemoveDirectory) { Path = Path(random) }),
        (9, random => new Step(StepKind.Rename) { Path = Path(random), A = Path(random), B = (int)random.Pick([RenameMode.Replace, RenameMode.Replace, RenameMode.NoReplace, RenameMode.Exchange]) }),
        (3, random => new Step(StepKind.Link) { Path = Path(random), A = Path(random) }),
        (2, random => new Step(StepKind.SetMode) { Path = Path(random), A = random.Next(4) }),
        (2, random => new Step(StepKind.SetTime) { Path = Path(random), A = random.Next(100) }),
        (2, random => new Step(StepKind.SetAttribute) { Path = Path(random), A = random.Next(2), B = random.Next(100) }),
        (1, random => new Step(StepKind.RemoveAttribute) { Path = Path(random), A = random.Next(2) }),
    ];

    private static readonly (int Weight, Func<SeededRandom, Step> Make)[] Others =
    [
        (8, random => new Step(StepKind.Wait) { A = random.Pick([5, 300, 1500, 40_000]) }),
        (10, random => new Step(StepKind.LookInto) { Path = Path(random) }),
        (8, random => new Step(StepKind.ReadOpen) { Slot = random.Next(Slots) }),
        (3, _ => new Step(StepKind.LookAtAll)),
        (3, _ => new Step(StepKind.Poll)),
        (4, random => new Step(StepKind.RemoteWrite) { Path = random.Next(PathNames.All.Length), A = random.Next(LargestFileBytes) }),
        (3, random => new Step(StepKind.RemoteRewrite) { Path = random.Next(PathNames.All.Length) }),
        (1, random => new Step(StepKind.RemoteDelete) { Path = random.Next(PathNames.All.Length) }),
        (3, random => new Step(StepKind.RemoteFault) { A = (int)random.Pick(
            [RemoteFaults.None, RemoteFaults.None, RemoteFaults.Unreachable, RemoteFaults.Hanging, RemoteFaults.BreakingReads, RemoteFaults.FailingListings]) }),
        (2, random => new Step(StepKind.Evict) { A = random.Between(10, 100) }),
        (2, _ => new Step(StepKind.Crash)),
        (4, random => new Step(StepKind.KillSoon) { A = random.Next(6) }),
        (2, _ => new Step(StepKind.LosePower)),
        (4, random => new Step(StepKind.LosePowerSoon) { A = random.Next(6) }),
        (1, _ => new Step(StepKind.Restart)),
    ];

    public static SimulationPlan FromSeed(ulong seed)
    {
        var random = SeededRandom.For(seed, "writing");
        var world = World(random);
        var steps = Enumerable.Range(0, random.Between(20, 70)).SelectMany(_ => Next(random));
        return new SimulationPlan(seed, world, [.. steps]);
    }

    private static WorldPlan World(SeededRandom random)
    {
        var source = new SourcePlan("s0", random.Chance(0.5), random.Pick([ListingDetail.Full, ListingDetail.Full, ListingDetail.NamesOnly]), random.Pick([3, 30, 300]));
        ImmutableArray<FilePlan> files =
        [
            .. PathNames.All.Where(_ => random.Chance(0.7)).Select(path => new FilePlan(0, path.ToString(), random.Next(LargestFileBytes), random.Pick([1000, 1000, 0]))),
        ];
        return new WorldPlan(
            [source], [new MappingPlan("/", [0], SameRule.Checksum)], files, BlockSizeBytes,
            CapacityBlocks: random.Pick([4, 100]), MaxRequestBytes: 4 * BlockSizeBytes, MaxReadAheadBytes: random.Pick([0, 4]) * BlockSizeBytes,
            PollSeconds: random.Pick([5, 30]));
    }

    private static IEnumerable<Step> Next(SeededRandom random)
    {
        if (random.Chance(0.3)) return [Draw(random, Others)];
        if (random.Chance(0.7)) return [Draw(random, Calls)];
        var together = random.Between(2, 3);
        var steps = Enumerable.Range(0, together).Select(_ => random.Chance(0.9) ? Draw(random, Calls) : new Step(StepKind.Poll));
        return [new Step(StepKind.Together) { A = together }, .. steps];
    }

    private static Step Draw(SeededRandom random, (int Weight, Func<SeededRandom, Step> Make)[] among)
    {
        var at = random.Next(among.Sum(kind => kind.Weight));
        foreach (var (weight, make) in among)
        {
            if ((at -= weight) < 0) return make(random);
        }

        throw new InvalidOperationException("the weights do not add up");
    }

    /// <summary>Most happens at few paths, or calls would hardly ever meet.</summary>
    private static int Path(SeededRandom random) => random.Chance(0.5) ? random.Pick([0, 2, 9, 10]) : random.Next(PathNames.Written.Length);
}
