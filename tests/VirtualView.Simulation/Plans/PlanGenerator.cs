using System.Collections.Immutable;
using VirtualView.Engine.Options;
using VirtualView.Simulation.Disk;
using VirtualView.Simulation.Remote;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Plans;

/// <summary>Makes a plan from a seed: a small world, and many small things that happen in it.</summary>
public static class PlanGenerator
{
    private const int MaxBlocksInFile = 5;
    private const double SceneShare = 0.02;

    private static readonly (int Weight, Func<SeededRandom, WorldPlan, Step> Make)[] Kinds =
    [
        (14, (random, _) => new Step(StepKind.Wait) { A = random.Pick([5, 50, 300, 1000, 5000, 40_000]) }),
        (4, (_, _) => new Step(StepKind.Settle)),
        (6, (random, world) => new Step(StepKind.Look) { Source = Source(random, world), Path = Path(random, world) }),
        (14, (random, world) => new Step(StepKind.Open) { Slot = Slot(random), Source = Source(random, world), Path = Path(random, world) }),
        (34, (random, world) => Read(random, world, StepKind.Read)),
        (4, (random, world) => Read(random, world, StepKind.ReadAndCancel)),
        (4, (random, _) => new Step(StepKind.Release) { Slot = Slot(random) }),
        (3, (random, world) => new Step(StepKind.List) { Source = Source(random, world), Path = Path(random, world), A = random.Next(7) }),
        (4, (_, _) => new Step(StepKind.Poll)),
        (5, (random, world) => new Step(StepKind.RemoteWrite) { Source = Source(random, world), Path = Path(random, world), A = Size(random, world.BlockSizeBytes) }),
        (6, (random, world) => new Step(StepKind.RemoteRewrite) { Source = Source(random, world), Path = Path(random, world) }),
        (2, (random, world) => new Step(StepKind.RemoteTouch) { Source = Source(random, world), Path = Path(random, world) }),
        (2, (random, world) => new Step(StepKind.RemoteDelete) { Source = Source(random, world), Path = Path(random, world) }),
        (2, (random, world) => new Step(StepKind.RemoteRename) { Source = Source(random, world), Path = Path(random, world), A = Path(random, world) }),
        (2, (random, world) => new Step(StepKind.RemoteMassDelete) { Source = Source(random, world), A = random.Between(60, 100) }),
        (1, (random, world) => new Step(StepKind.RemoteRestore) { Source = Source(random, world) }),
        (1, (_, _) => new Step(StepKind.Accept)),
        (2, (random, world) => new Step(StepKind.RemoteCopy) { Source = Source(random, world), A = Source(random, world), Path = Path(random, world) }),
        (6, (random, world) => new Step(StepKind.RemoteFault) { Source = Source(random, world), A = (int)Fault(random) }),
        (2, (random, _) => new Step(StepKind.Evict) { A = random.Between(10, 100) }),
        (1, (random, _) => new Step(StepKind.Damage) { A = random.Between(10, 100) }),
        (1, (random, _) => new Step(StepKind.DiskFault) { A = (int)random.Pick([DiskFaults.None, DiskFaults.Full, DiskFaults.Failing]) }),
        (1, (_, _) => new Step(StepKind.Checkpoint)),
        (2, (_, _) => new Step(StepKind.Crash)),
        (1, (_, _) => new Step(StepKind.Restart)),
    ];

    public static SimulationPlan FromSeed(ulong seed)
    {
        var random = SeededRandom.For(seed, "plan");
        var world = World(random);
        var steps = Enumerable.Range(0, random.Between(30, 90)).SelectMany(_ => Next(random, world));
        return new SimulationPlan(seed, world, [.. steps]);
    }

    private static WorldPlan World(SeededRandom random)
    {
        const int blockSize = 4096;
        var sources = Enumerable.Range(0, random.Between(1, 3)).Select(number => OneSource(random, number)).ToImmutableArray();
        var together = Math.Min(sources.Length, random.Between(2, 3));
        var mappings = ImmutableArray.Create(new MappingPlan(
            "/", [.. Enumerable.Range(0, together)], random.Chance(0.5) ? SameRule.SizeAndTime : SameRule.Checksum));
        if (sources.Length > together) mappings = mappings.Add(new MappingPlan("/twin", [together], SameRule.Checksum));
        return new WorldPlan(
            sources, mappings, Files(random, sources.Length, blockSize), blockSize,
            CapacityBlocks: random.Pick([2, 8, 100]), MaxRequestBytes: random.Pick([1, 2, 8]) * blockSize, MaxReadAheadBytes: random.Pick([0, 2, 8]) * blockSize,
            PollSeconds: random.Pick([5, 5, 30]), Revalidate: random.Pick([RevalidateRule.Stale, RevalidateRule.Stale, RevalidateRule.Always, RevalidateRule.Never]));
    }

    private static SourcePlan OneSource(SeededRandom random, int number) => new(
        $"s{number}", random.Chance(0.5), random.Pick([ListingDetail.Full, ListingDetail.Full, ListingDetail.WithoutTags, ListingDetail.NamesOnly]),
        random.Pick([3, 30, 300]));

    private static ImmutableArray<FilePlan> Files(SeededRandom random, int sources, int blockSize)
    {
        var files = ImmutableArray.CreateBuilder<FilePlan>();
        foreach (var source in Enumerable.Range(0, sources))
        {
            foreach (var path in PathNames.All)
            {
                if (random.Chance(0.3)) continue;
                files.Add(new FilePlan(
                    source, path.ToString(), Size(random, blockSize), random.Pick([0, 0, 1, 5, 1000]),
                    source == 1 && random.Chance(0.5) ? 0 : null));
            }
        }

        return files.ToImmutable();
    }

    private static Step[] Next(SeededRandom random, WorldPlan world)
    {
        if (random.Chance(SceneShare)) return Scenes.Next(random, world, Source(random, world), Path(random, world));
        var at = random.Next(Kinds.Sum(kind => kind.Weight));
        foreach (var (weight, make) in Kinds)
        {
            if ((at -= weight) < 0) return [make(random, world)];
        }

        throw new InvalidOperationException("the weights do not add up");
    }

    private static Step Read(SeededRandom random, WorldPlan world, StepKind kind) => new(kind)
    {
        Slot = Slot(random),
        A = random.Chance(0.2) ? random.Next(MaxBlocksInFile) * world.BlockSizeBytes : random.Next(MaxBlocksInFile * world.BlockSizeBytes),
        B = random.Chance(0.3) ? 1 + random.Next(64) : 1 + random.Next(3 * world.BlockSizeBytes),
        C = random.Pick([0, 1, 20, 200]),
    };

    private static RemoteFaults Fault(SeededRandom random) => random.Pick(
    [
        RemoteFaults.None, RemoteFaults.None, RemoteFaults.None, RemoteFaults.Unreachable, RemoteFaults.Hanging,
        RemoteFaults.BreakingReads, RemoteFaults.FailingListings, RemoteFaults.Unmounted, RemoteFaults.Throttling,
    ]);

    private static int Source(SeededRandom random, WorldPlan world) => random.Next(world.Sources.Length);

    /// <summary>Most happens at one path, or reads and changes of the same file would hardly ever meet.</summary>
    private static int Path(SeededRandom random, WorldPlan world) =>
        random.Chance(0.6) ? world.Files.Length % PathNames.All.Length : random.Next(PathNames.All.Length);

    private static int Slot(SeededRandom random) => random.Next(4);

    private static int Size(SeededRandom random, int blockSize) => random.Next(4) switch
    {
        0 => random.Next(64),
        1 => random.Next(MaxBlocksInFile + 1) * blockSize,
        _ => random.Next(MaxBlocksInFile * blockSize),
    };
}
