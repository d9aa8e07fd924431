namespace VirtualView.Simulation.Scheduling;

/// <summary>
/// One process of the daemon. Killed, it is gone at once: what it awaits in the simulated world never returns, so its
/// continuations never run again. It is also that process's clock, whose timers die with it.
/// </summary>
public sealed class Life(int number, SimulatedClock clock) : TimeProvider
{
    public int Number => number;

    private readonly TaskCompletionSource _died = new(); // who awaits it goes on by the scheduler, as always

    public bool IsDead { get; private set; }

    /// <summary>Ends when it is killed.</summary>
    public Task Died => _died.Task;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public void Kill()
    {
        IsDead = true;
        _died.TrySetResult();
    }

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(given => RunUnlessDead(callback, given), state, dueTime, period);

    /// <summary>Lets the simulated world work for a while on behalf of this process.</summary>
    public async Task SpendAsync(TimeSpan time, CancellationToken cancel)
    {
        await Task.Delay(time, clock, cancel);
        await StayAliveAsync();
    }

    /// <summary>An answer that never comes.</summary>
    public async Task WaitForeverAsync(CancellationToken cancel)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancel);
    }

    /// <summary>Ends at once for the living, never for the dead.</summary>
    public Task StayAliveAsync() => IsDead ? new TaskCompletionSource().Task : Task.CompletedTask;

    private void RunUnlessDead(TimerCallback callback, object? state)
    {
        if (!IsDead) callback(state);
    }
}
