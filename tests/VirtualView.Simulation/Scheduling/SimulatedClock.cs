namespace VirtualView.Simulation.Scheduling;

/// <summary>Time that stands still until it is advanced to the next timer. Callbacks are posted, never called from here.</summary>
public sealed class SimulatedClock(Action<Action> post) : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<(SimulatedTimer Timer, long Arming), (long DueTicks, long Arming)> _armed = new();
    private long _elapsedTicks;
    private long _armings;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(_elapsedTicks);

    public override long GetTimestamp() => _elapsedTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Jumps to the next timer and posts all that are due then. False when none is due within <paramref name="atMost"/>.</summary>
    public bool AdvanceToNextTimer(TimeSpan atMost)
    {
        while (_armed.TryPeek(out var next, out _) && !next.Timer.IsArmed(next.Arming)) _armed.Dequeue();
        if (!_armed.TryPeek(out _, out var first) || first.DueTicks - _elapsedTicks > atMost.Ticks) return false;
        _elapsedTicks = Math.Max(_elapsedTicks, first.DueTicks);
        while (_armed.TryPeek(out _, out var due) && due.DueTicks <= _elapsedTicks)
        {
            var (timer, arming) = _armed.Dequeue();
            if (timer.IsArmed(arming)) post(() => timer.Fire(arming));
        }

        return true;
    }

    internal long Arm(SimulatedTimer timer, TimeSpan after)
    {
        var arming = ++_armings;
        _armed.Enqueue((timer, arming), (_elapsedTicks + after.Ticks, arming));
        return arming;
    }
}
