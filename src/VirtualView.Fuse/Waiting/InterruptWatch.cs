namespace VirtualView.Fuse.Waiting;

/// <summary>
/// Cancels a waiting call once its caller is dying. A signal that the caller handles changes nothing: few programs
/// expect EINTR of a file. The kernel tells of the first signal only, so such a caller is looked at again; and so is a
/// request that is not known yet, as another thread may be about to let it wait. (Asking the kernel to repeat the
/// interrupt does not help: it looks for the request on the device clone that the answer came from.)
/// </summary>
internal sealed class InterruptWatch : IDisposable
{
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    /// <summary>Longer than a reader thread is ever kept between reading a request and letting it wait.</summary>
    private const int LooksForUnknown = 10;

    private readonly WaitingRoom _room;
    private readonly ICallerProbe _probe;
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, int> _watched = []; // requests, and how often to look for an unknown one; guarded by _gate
    private readonly ITimer _timer;

    public InterruptWatch(WaitingRoom room, ICallerProbe probe, TimeProvider time)
    {
        (_room, _probe) = (room, probe);
        _timer = time.CreateTimer(_ => LookAgain(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Interrupt(ulong unique) => Look(unique, LooksForUnknown);

    /// <summary>Looks at the caller of a request from time to time without having been told of a signal.</summary>
    public void LookAfter(ulong unique) => Watch(unique, 1);

    public void Dispose() => _timer.Dispose();

    private void Look(ulong unique, int looksLeft)
    {
        var isKnown = _room.TryFindCaller(unique, out var pid);
        if (isKnown && _probe.IsDying(pid))
            _room.Cancel(unique);
        else if (isKnown)
            Watch(unique, 0); // once known, it is unknown only when it has ended
        else if (looksLeft > 0)
            Watch(unique, looksLeft - 1);
    }

    private void Watch(ulong unique, int looksLeft)
    {
        lock (_gate)
        {
            _watched[unique] = looksLeft;
            if (_watched.Count == 1) _timer.Change(Period, Timeout.InfiniteTimeSpan);
        }
    }

    private void LookAgain()
    {
        KeyValuePair<ulong, int>[] watched;
        lock (_gate)
        {
            watched = [.. _watched];
            _watched.Clear();
        }

        foreach (var (unique, looksLeft) in watched) Look(unique, looksLeft);
    }
}
