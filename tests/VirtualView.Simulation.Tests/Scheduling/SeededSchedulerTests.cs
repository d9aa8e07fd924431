using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Tests.Scheduling;

public sealed class SeededSchedulerTests
{
    [Fact]
    public void The_same_seed_runs_continuations_in_the_same_order_and_another_seed_does_not()
    {
        Assert.Equal(OrderOf(7), OrderOf(7));
        Assert.Contains(Enumerable.Range(1, 10), seed => !OrderOf((ulong)seed).SequenceEqual(OrderOf(7)));
    }

    [Fact]
    public void Every_continuation_runs_on_the_thread_that_pumps()
    {
        var scheduler = new SeededScheduler(1);
        var threads = new HashSet<int>();
        scheduler.Run(async () =>
        {
            for (var turn = 0; turn < 20; turn++)
            {
                threads.Add(Environment.CurrentManagedThreadId);
                if (turn % 2 == 0) await Task.Yield();
                else await Task.Delay(TimeSpan.FromSeconds(1), scheduler.Clock);
            }
        });
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
        Assert.Empty(scheduler.Escapes);
    }

    [Fact]
    public void Time_passes_only_when_there_is_nothing_else_to_do()
    {
        var scheduler = new SeededScheduler(1);
        scheduler.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromHours(5), scheduler.Clock);
            Assert.Equal(SimulatedClock.Start + TimeSpan.FromHours(5), scheduler.Clock.GetUtcNow());
            for (var turn = 0; turn < 100; turn++) await Task.Yield();
            Assert.Equal(SimulatedClock.Start + TimeSpan.FromHours(5), scheduler.Clock.GetUtcNow());
        });
    }

    [Fact]
    public void Work_that_can_never_go_on_is_reported_by_name()
    {
        var scheduler = new SeededScheduler(1);
        var stuck = Assert.Throws<SimulationStuckException>(() => scheduler.Run(async () =>
        {
            using var tracked = scheduler.Track("the answer of nobody");
            await new TaskCompletionSource().Task;
        }));
        Assert.Contains("the answer of nobody", stuck.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Work_that_goes_in_circles_is_reported()
    {
        var scheduler = new SeededScheduler(1);
        var stuck = Assert.Throws<SimulationStuckException>(() => scheduler.Run(async () =>
        {
            while (true) await Task.Yield();
        }));
        Assert.Contains("does not come to an end", stuck.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Work_that_comes_back_from_another_thread_is_reported()
    {
        var scheduler = new SeededScheduler(1);
        scheduler.Run(async () =>
        {
            // Waited for, because the pump has no patience for threads.
            var elsewhere = new Thread(() => scheduler.Post(_ => { }, null));
            elsewhere.Start();
            elsewhere.Join();
            await Task.Yield();
        });
        Assert.NotEmpty(scheduler.Escapes);
    }

    private static List<int> OrderOf(ulong seed)
    {
        var scheduler = new SeededScheduler(seed);
        var order = new List<int>();
        scheduler.Run(() => Task.WhenAll(Enumerable.Range(0, 6).Select(NoteAsync)));
        return order;

        async Task NoteAsync(int number)
        {
            await Task.Yield();
            order.Add(number);
            await Task.Delay(TimeSpan.FromMilliseconds(5), scheduler.Clock);
            order.Add(number);
        }
    }
}
