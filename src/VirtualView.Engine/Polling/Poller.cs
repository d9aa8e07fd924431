using VirtualView.Core.Paths;
using VirtualView.Engine.Polling.Deletions;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Polling;

/// <summary>Lists again, in the background, every directory that is known.</summary>
internal sealed class Poller(SnapshotKeeper keeper, DirectoryLister lister, DeletionGuard guard, TimeSpan firstInterval, TimeProvider clock)
{
    private const int ListingsAtOnce = 8;

    private readonly Lock _gate = new();
    private TimeSpan _interval = firstInterval; // guarded by _gate
    private Action? _wake; // guarded by _gate; ends the pause under way
    private long _polls;
    private long _lastTicks = -1;

    /// <summary>Rounds that ended.</summary>
    public long Polls => Interlocked.Read(ref _polls);

    /// <summary>How long the last round took; null before its end.</summary>
    public TimeSpan? LastDuration => Interlocked.Read(ref _lastTicks) is >= 0 and var ticks ? new TimeSpan(ticks) : null;

    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            await PollAsync(acceptDeletions: false, cancel);
            await PauseAsync(cancel);
        }
    }

    /// <summary>Another pause between the rounds, also for the one under way.</summary>
    public void Use(TimeSpan interval)
    {
        Action? wake;
        lock (_gate)
        {
            if (_interval == interval) return;
            _interval = interval;
            wake = _wake;
        }

        try
        {
            wake?.Invoke();
        }
        catch (ObjectDisposedException)
        {
            // The pause ended by itself meanwhile.
        }
    }

    /// <summary>One round. What is missing is looked at together, at its end; directories that vanish meanwhile are skipped.</summary>
    public async ValueTask<PollReport> PollAsync(bool acceptDeletions, CancellationToken cancel)
    {
        var startedAt = clock.GetTimestamp();
        var walk = new TreeWalk(keeper);
        var directories = 0;
        while (walk.Next(ListingsAtOnce) is { Count: > 0 } next)
        {
            await ListAsync(next, acceptDeletions ? DeletionMode.Accept : DeletionMode.Defer, cancel);
            next.ForEach(walk.Done);
            directories += next.Count;
        }

        await DecideAsync(cancel);
        Interlocked.Exchange(ref _lastTicks, clock.GetElapsedTime(startedAt).Ticks);
        Interlocked.Increment(ref _polls);
        return new PollReport { Directories = directories, HeldBack = guard.Report() };
    }

    private async ValueTask PauseAsync(CancellationToken cancel)
    {
        var startedAt = clock.GetTimestamp();
        while (true)
        {
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var left = BeginPause(pause.Cancel) - clock.GetElapsedTime(startedAt);
            if (left <= TimeSpan.Zero) return;
            try
            {
                await Task.Delay(left, clock, pause.Token);
                return;
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // The interval changed, and so did what is left of the pause.
            }
        }
    }

    private TimeSpan BeginPause(Action wake)
    {
        lock (_gate)
        {
            _wake = wake;
            return _interval;
        }
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
