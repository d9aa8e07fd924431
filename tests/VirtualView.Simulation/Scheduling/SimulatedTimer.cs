namespace VirtualView.Simulation.Scheduling;

/// <summary>A timer of the simulated clock. Once changed or disposed, an earlier arming never fires.</summary>
internal sealed class SimulatedTimer(SimulatedClock clock, Action callback) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private long _arming; // 0: not armed

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        _arming = dueTime == Timeout.InfiniteTimeSpan ? 0 : clock.Arm(this, dueTime);
        return true;
    }

    public void Dispose() => _arming = 0;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public bool IsArmed(long arming) => _arming == arming;

    public void Fire(long arming)
    {
        if (!IsArmed(arming)) return;
        var repeats = _period != Timeout.InfiniteTimeSpan && _period > TimeSpan.Zero;
        _arming = repeats ? clock.Arm(this, _period) : 0;
        callback();
    }
}
