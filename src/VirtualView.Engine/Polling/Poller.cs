using VirtualView.Core.Paths;
using VirtualView.Engine.Polling.Deletions;
using VirtualView.Engine.Polling.Pacing;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Polling;

/// <summary>Lists directories again, and decides on what is missing when all of them were listed.</summary>
internal sealed class Poller(SnapshotKeeper keeper, DirectoryLister lister, DeletionGuard guard, LivePolls polls, TimeProvider clock)
{
    private long _rounds;
    private long _lastTicks = -1;

    /// <summary>Rounds of listings that ended.</summary>
    public long Rounds => Interlocked.Read(ref _rounds);

    /// <summary>How long the last round took; null before its end.</summary>
    public TimeSpan? LastDuration => Interlocked.Read(ref _lastTicks) is >= 0 and var ticks ? new TimeSpan(ticks) : null;

    /// <summary>All directories that are known. Those that vanish meanwhile are skipped.</summary>
    public async ValueTask<PollReport> PollAsync(bool acceptDeletions, CancellationToken cancel)
    {
        if (acceptDeletions) guard.BeginAccepting();
        var walk = new TreeWalk(keeper, VirtualPath.Root);
        var directories = 0;
        while (walk.Next(polls.Now.ListingsAtOnce) is { Count: > 0 } next)
        {
            await ListAsync(next, acceptDeletions ? DeletionMode.Accept : DeletionMode.Defer, cancel);
            next.ForEach(walk.Done);
            directories += next.Count;
        }

        await DecideAsync(cancel);
        return new PollReport { Directories = directories, HeldBack = guard.Report() };
    }

    /// <summary>Lists once more where something is missing that may go.</summary>
    public async Task DecideAsync(CancellationToken cancel)
    {
        foreach (var some in guard.Decide().Chunk(polls.Now.ListingsAtOnce))
            await ListAsync(some, DeletionMode.Decide, cancel);
    }

    public async Task ListAsync(IEnumerable<VirtualPath> directories, DeletionMode deletions, CancellationToken cancel)
    {
        var startedAt = clock.GetTimestamp();
        await Task.WhenAll(directories.Select(path => lister.ListAnewAsync(path, deletions, cancel).AsTask()));
        Interlocked.Exchange(ref _lastTicks, clock.GetElapsedTime(startedAt).Ticks);
        Interlocked.Increment(ref _rounds);
    }
}
