using VirtualView.Core.Paths;
using VirtualView.Engine.Polling.Deletions;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Polling;

/// <summary>Lists again, in the background, every directory that is known.</summary>
internal sealed class Poller(SnapshotKeeper keeper, DirectoryLister lister, DeletionGuard guard, TimeSpan interval, TimeProvider clock)
{
    private const int ListingsAtOnce = 8;

    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            await PollAsync(acceptDeletions: false, cancel);
            await Task.Delay(interval, clock, cancel);
        }
    }

    /// <summary>One round. What is missing is looked at together, at its end; directories that vanish meanwhile are skipped.</summary>
    public async ValueTask<PollReport> PollAsync(bool acceptDeletions, CancellationToken cancel)
    {
        var walk = new TreeWalk(keeper);
        var directories = 0;
        while (walk.Next(ListingsAtOnce) is { Count: > 0 } next)
        {
            await ListAsync(next, acceptDeletions ? DeletionMode.Accept : DeletionMode.Defer, cancel);
            next.ForEach(walk.Done);
            directories += next.Count;
        }

        await DecideAsync(cancel);
        return new PollReport { Directories = directories, HeldBack = guard.Report() };
    }

    /// <summary>Lists once more where something is missing that may go.</summary>
    private async Task DecideAsync(CancellationToken cancel)
    {
        foreach (var some in guard.Decide().Chunk(ListingsAtOnce))
            await ListAsync(some, DeletionMode.Decide, cancel);
    }

    private async Task ListAsync(IEnumerable<VirtualPath> directories, DeletionMode deletions, CancellationToken cancel) =>
        await Task.WhenAll(directories.Select(path => lister.ListAnewAsync(path, deletions, cancel).AsTask()));
}
