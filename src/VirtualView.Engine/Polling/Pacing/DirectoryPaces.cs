using System.Diagnostics.CodeAnalysis;
using VirtualView.Core.Paths;

namespace VirtualView.Engine.Polling.Pacing;

/// <summary>
/// Which directories of one mapping are listed often. One that changed, or is used, is asked for every interval; each time
/// it was unchanged and unused the next one comes twice as late. Who would come later than the longest interval is cold and
/// forgotten here: a sweep over the whole tree comes by.
/// </summary>
internal sealed class DirectoryPaces(TimeSpan interval, TimeSpan longest, Random jitter, TimeProvider clock)
{
    private const double JitterShare = 0.1;

    private readonly Lock _gate = new();
    private readonly Dictionary<VirtualPath, Pace> _paces = []; // guarded by _gate, as all below
    private readonly PriorityQueue<(VirtualPath Path, DateTimeOffset DueAt), DateTimeOffset> _queue = new();
    private TimeSpan _interval = interval;
    private TimeSpan _longest = longest;

    public TimeSpan Interval
    {
        get
        {
            lock (_gate)
                return _interval;
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
                return _paces.Count;
        }
    }

    /// <summary>Takes other intervals: who waits by the old ones is given its turn by the new.</summary>
    public void Use(TimeSpan interval, TimeSpan longest)
    {
        lock (_gate)
        {
            (_interval, _longest) = (interval, longest);
            foreach (var (path, pace) in _paces.ToList())
                PutLocked(path, pace.AskedAt, pace.Doublings);
        }
    }

    /// <summary>Someone looks into the directory. True when it was asked for less than an interval ago.</summary>
    public bool Use(VirtualPath path)
    {
        lock (_gate)
        {
            if (!_paces.TryGetValue(path, out var pace)) return false;
            if (pace.Doublings > 0) PutLocked(path, pace.AskedAt, 0);
            return clock.GetUtcNow() - pace.AskedAt < _interval;
        }
    }

    /// <summary>The sources were asked for the directory, whatever they said.</summary>
    /// <param name="beganAt">What they said is as old as this.</param>
    /// <param name="isHot">True when it changed, or may change any time.</param>
    public void Asked(VirtualPath path, DateTimeOffset beganAt, bool isHot)
    {
        // What takes longer to list than the interval would never be fresh.
        var leastFresh = clock.GetUtcNow() - (Interval / 2);
        if (beganAt < leastFresh) beganAt = leastFresh;
        lock (_gate)
        {
            // One that the sweep came by is cold and stays so while it does not change.
            var isKnown = _paces.TryGetValue(path, out var pace);
            if (!isKnown && !isHot) return;
            PutLocked(path, beganAt, isHot ? 0 : pace.Doublings + 1);
        }
    }

    /// <summary>The same for one that is asked for because someone wants to see it.</summary>
    public void Wanted(VirtualPath path)
    {
        lock (_gate)
            PutLocked(path, _paces.GetValueOrDefault(path).AskedAt, 0);
    }

    public bool IsPaced(VirtualPath path)
    {
        lock (_gate)
            return _paces.ContainsKey(path);
    }

    public void Forget(VirtualPath path)
    {
        lock (_gate)
            _paces.Remove(path);
    }

    /// <summary>The one that has waited longest for its turn. It is put off by an interval meanwhile.</summary>
    public bool TryTakeDue([MaybeNullWhen(false)] out VirtualPath path)
    {
        lock (_gate)
        {
            path = default;
            if (NextLocked() is not { } next || next.DueAt > clock.GetUtcNow()) return false;
            path = next.Path;
            var pace = _paces[path];
            PutLocked(path, pace.AskedAt, pace.Doublings, clock.GetUtcNow());
            return true;
        }
    }

    /// <summary>When the next one is due; null when none is.</summary>
    public DateTimeOffset? NextDue()
    {
        lock (_gate)
            return NextLocked()?.DueAt;
    }

    private (VirtualPath Path, DateTimeOffset DueAt)? NextLocked()
    {
        // What was put off or forgotten since is still in the queue with its old time.
        while (_queue.TryPeek(out var next, out _))
        {
            if (_paces.TryGetValue(next.Path, out var pace) && pace.DueAt == next.DueAt) return next;
            _queue.Dequeue();
        }

        return null;
    }

    private void PutLocked(VirtualPath path, DateTimeOffset askedAt, int doublings, DateTimeOffset? from = null)
    {
        var pause = _interval * Math.Pow(2, doublings);
        if (pause > _longest && doublings > 0)
        {
            _paces.Remove(path);
            return;
        }

        var dueAt = (from ?? askedAt) + (pause * (1 + (JitterShare * ((2 * jitter.NextDouble()) - 1))));
        _paces[path] = new Pace(askedAt, dueAt, doublings);
        _queue.Enqueue((path, dueAt), dueAt);
    }
}
