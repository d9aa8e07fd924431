using VirtualView.Simulation.Remote;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Plans;

/// <summary>
/// A few steps that belong together: what goes wrong only when several things meet within milliseconds, steps drawn one by
/// one would show once in many thousand histories.
/// </summary>
internal static class Scenes
{
    private const int ManyBlocks = 5;

    private static readonly Func<SeededRandom, WorldPlan, int, int, Step[]>[] All = [RewrittenWhileRead, ReplacedForAWhile, AwayForAMoment, FirstLookInTrouble];

    public static Step[] Next(SeededRandom random, WorldPlan world, int source, int path) => random.Pick(All)(random, world, source, path);

    /// <summary>Two requests of one handle are under way while the file gets other content of the same size and time.</summary>
    private static Step[] RewrittenWhileRead(SeededRandom random, WorldPlan world, int source, int path) =>
    [
        new Step(StepKind.RemoteWrite) { Source = source, Path = path, A = ManyBlocks * world.BlockSizeBytes },
        new Step(StepKind.Open) { Slot = 0, Source = source, Path = path },
        new Step(StepKind.Settle),
        new Step(StepKind.Read) { Slot = 0, A = 1, B = 10 },
        new Step(StepKind.Read) { Slot = 0, A = (4 * world.BlockSizeBytes) + 1, B = 10 },
        new Step(StepKind.Wait) { A = random.Pick([1, 5, 50, 300]) },
        new Step(StepKind.RemoteRewrite) { Source = source, Path = path },
        new Step(StepKind.Read) { Slot = 0, A = (2 * world.BlockSizeBytes) + 1, B = 10 },
        new Step(StepKind.Settle),
    ];

    /// <summary>Another file stands at a path for a while, and readers of the first find out; then that one is back.</summary>
    private static Step[] ReplacedForAWhile(SeededRandom random, WorldPlan world, int source, int path)
    {
        var aside = (path + 1) % PathNames.All.Length;
        return
        [
            new Step(StepKind.Open) { Slot = 1, Source = source, Path = path },
            new Step(StepKind.Settle),
            new Step(StepKind.Read) { Slot = 1, A = 1, B = 10 },
            new Step(StepKind.Settle),
            new Step(StepKind.RemoteRename) { Source = source, Path = path, A = aside },
            new Step(StepKind.RemoteWrite) { Source = source, Path = path, A = 100 },
            new Step(StepKind.Evict) { A = 100 },
            new Step(StepKind.Read) { Slot = 1, A = 1, B = 3 * world.BlockSizeBytes },
            new Step(StepKind.Wait) { A = random.Pick([50, 300, 5000]) },
            new Step(StepKind.RemoteRename) { Source = source, Path = aside, A = path },
            new Step(StepKind.Wait) { A = 40_000 },
            new Step(StepKind.Open) { Slot = 2, Source = source, Path = path },
            new Step(StepKind.Read) { Slot = 2, A = 1, B = 3 * world.BlockSizeBytes },
            new Step(StepKind.Settle),
        ];
    }

    /// <summary>An export is unmounted for a moment while somebody looks, opens or accepts deletions.</summary>
    private static Step[] AwayForAMoment(SeededRandom random, WorldPlan world, int source, int path) =>
    [
        new Step(StepKind.Look) { Source = source, Path = path },
        new Step(StepKind.Settle),
        new Step(StepKind.Wait) { A = random.Pick([50, 5000, 40_000]) },
        new Step(StepKind.Look) { Source = source, Path = 0 },
        new Step(StepKind.Settle),
        new Step(StepKind.RemoteFault) { Source = source, A = (int)RemoteFaults.Unmounted },
        random.Next(4) switch
        {
            0 => new Step(StepKind.Look) { Source = source, Path = path },
            1 => new Step(StepKind.Accept),
            _ => new Step(StepKind.Open) { Slot = 3, Source = source, Path = path },
        },
        new Step(StepKind.Wait) { A = random.Pick([1, 5, 50, 300]) },
        new Step(StepKind.RemoteFault) { Source = source, A = (int)RemoteFaults.None },
        new Step(StepKind.Settle),
        new Step(StepKind.Look) { Source = source, Path = path },
        new Step(StepKind.Settle),
    ];

    /// <summary>A directory is looked into while its source gives no listing.</summary>
    private static Step[] FirstLookInTrouble(SeededRandom random, WorldPlan world, int source, int path) =>
    [
        new Step(StepKind.RemoteFault) { Source = source, A = (int)random.Pick([RemoteFaults.Unreachable, RemoteFaults.FailingListings, RemoteFaults.Hanging]) },
        new Step(StepKind.Look) { Source = source, Path = path },
        random.Chance(0.5) ? new Step(StepKind.Accept) : new Step(StepKind.Settle),
        new Step(StepKind.Look) { Source = source, Path = path },
        new Step(StepKind.RemoteFault) { Source = source, A = (int)RemoteFaults.None },
    ];
}
