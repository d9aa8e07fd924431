namespace VirtualView.Fuse.Waiting;

/// <summary>
/// Cancels a waiting call once its caller is dying. A signal that the caller handles changes nothing: few programs
/// expect EINTR of a file. The kernel tells of the first signal only, so such a caller is looked at again.
/// </summary>
internal sealed class InterruptWatch : IDisposable
{
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    private readonly WaitingRoom _room;
    private readonly ICallerProbe _probe;
    private readonly Lock _gate = new();
    private readonly HashSet<ulong> _watched = []; // guarded by _gate
    private readonly ITimer _timer;

    public InterruptWatch(WaitingRoom room, ICallerProbe probe, TimeProvider time)
    {
        (_room, _probe) = (room, probe);
        _timer = time.CreateTimer(_ => LookAgain(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>False when nothing is known to wait for this request (any more, or not yet).</summary>
    public bool Interrupt(ulong unique)
    {
        if (!_room.TryFindCaller(unique, out var pid)) return false;
        if (_probe.IsDying(pid))
            _room.Cancel(unique);
        else
            Watch(unique);
        return true;
    }

    public void Dispose() => _timer.Dispose();

    private void Watch(ulong unique)
    {
        lock (_gate) _watched.Add(unique);
        _timer.Change(Period, Timeout.InfiniteTimeSpan);
    }

    private void LookAgain()
    {
        ulong[] watched;
        lock (_gate)
        {
            watched = [.. _watched];
            _watched.Clear();
        }

        foreach (var unique in watched) Interrupt(unique);
    }
}
