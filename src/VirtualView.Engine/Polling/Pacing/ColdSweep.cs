using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Polling.Pacing;

/// <summary>
/// Comes by every listed directory of a mapping that is not paced, again and again, spread over the longest interval: the
/// first time as fast as is allowed, because nothing is known of how many there are.
/// </summary>
internal sealed class ColdSweep(SnapshotKeeper keeper, VirtualPath at, Func<VirtualPath, bool> isMine, DirectoryPaces paces, TimeSpan longest, TimeProvider clock)
{
    private TreeWalk _walk = new(keeper, at);
    private DateTimeOffset _nextAt = DateTimeOffset.MinValue;
    private DateTimeOffset _beganAt = clock.GetUtcNow();
    private long _seen;
    private TimeSpan _step = TimeSpan.Zero;
    private TimeSpan _longest = longest;

    public DateTimeOffset NextAt => _nextAt;

    /// <summary>Takes another longest interval, also for the round that is under way.</summary>
    public void Use(TimeSpan longest)
    {
        _step *= longest / _longest;
        _longest = longest;
        var latest = clock.GetUtcNow() + (_step > TimeSpan.Zero ? _step : longest);
        if (_nextAt > latest) _nextAt = latest;
    }

    /// <summary>The next directory to list, if its time has come.</summary>
    public VirtualPath? Take()
    {
        var now = clock.GetUtcNow();
        if (now < _nextAt) return null;
        while (_walk.Next(1) is { Count: > 0 } found)
        {
            if (!isMine(found[0])) continue;
            _walk.Done(found[0]);
            if (paces.IsPaced(found[0])) continue;
            _seen++;
            _nextAt = now + _step;
            return found[0];
        }

        BeginAgain(now);
        return null;
    }

    /// <summary>What the last time found says how far apart they come this time.</summary>
    private void BeginAgain(DateTimeOffset now)
    {
        _step = _seen == 0 ? TimeSpan.Zero : _longest / _seen;
        // As many steps make up the interval already; only the first time there are none.
        _nextAt = _seen == 0 ? now + _longest : _beganAt + _longest > now ? _beganAt + _longest : now;
        (_walk, _beganAt, _seen) = (new TreeWalk(keeper, at), _nextAt, 0);
    }
}
