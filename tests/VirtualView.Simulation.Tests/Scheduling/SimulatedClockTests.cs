using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Tests.Scheduling;

public sealed class SimulatedClockTests
{
    private readonly List<string> _fired = [];
    private readonly SimulatedClock _clock = new(action => action());

    [Fact]
    public void Timers_fire_when_they_are_due_and_not_before()
    {
        using var late = Timer("late", TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        using var soon = Timer("soon", TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        Assert.True(_clock.AdvanceToNextTimer(TimeSpan.MaxValue));
        Assert.Equal(["soon"], _fired);
        Assert.False(_clock.AdvanceToNextTimer(TimeSpan.FromMilliseconds(999)));
        Assert.True(_clock.AdvanceToNextTimer(TimeSpan.FromSeconds(1)));
        Assert.Equal(["soon", "late"], _fired);
        Assert.Equal(SimulatedClock.Start + TimeSpan.FromSeconds(2), _clock.GetUtcNow());
        Assert.False(_clock.AdvanceToNextTimer(TimeSpan.MaxValue));
    }

    [Fact]
    public void A_periodic_timer_repeats_until_it_is_disposed()
    {
        var timer = Timer("tick", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
        for (var tick = 0; tick < 3; tick++) _clock.AdvanceToNextTimer(TimeSpan.MaxValue);
        timer.Dispose();
        Assert.False(_clock.AdvanceToNextTimer(TimeSpan.MaxValue));
        Assert.Equal(3, _fired.Count);
        Assert.Equal(TimeSpan.FromSeconds(7), _clock.GetElapsedTime(0));
    }

    [Fact]
    public void A_timer_that_was_set_anew_fires_at_its_new_time_alone()
    {
        using var timer = Timer("moved", TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        Assert.True(_clock.AdvanceToNextTimer(TimeSpan.MaxValue));
        Assert.Equal(TimeSpan.FromSeconds(5), _clock.GetElapsedTime(0));
        Assert.Equal(["moved"], _fired);
        Assert.False(_clock.AdvanceToNextTimer(TimeSpan.MaxValue));
    }

    [Fact]
    public void Nothing_of_a_dead_process_ever_runs_again()
    {
        var scheduler = new SeededScheduler(1);
        var life = new Life(1, scheduler.Clock);
        var ran = new List<string>();
        scheduler.Run(async () =>
        {
            var timer = life.CreateTimer(_ => ran.Add("timer"), null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
            var work = WorkAsync();
            await Task.Delay(TimeSpan.FromSeconds(1), scheduler.Clock);
            life.Kill();
            await Task.Delay(TimeSpan.FromSeconds(10), scheduler.Clock);
            Assert.False(work.IsCompleted);
            await timer.DisposeAsync();
        });
        Assert.Equal(["before"], ran);

        async Task WorkAsync()
        {
            ran.Add("before");
            await life.SpendAsync(TimeSpan.FromSeconds(3), CancellationToken.None);
            ran.Add("after");
        }
    }

    private ITimer Timer(string name, TimeSpan due, TimeSpan period) => _clock.CreateTimer(_ => _fired.Add(name), null, due, period);
}
