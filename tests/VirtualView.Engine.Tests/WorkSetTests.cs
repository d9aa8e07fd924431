using Microsoft.Extensions.Logging.Abstractions;

namespace VirtualView.Engine.Tests;

public sealed class WorkSetTests
{
    [Fact]
    public async Task The_stop_cancels_the_work_and_waits_for_it()
    {
        var work = new WorkSet(NullLogger.Instance);
        var hasEnded = false;
        Assert.True(work.TryStart("wait", async stop =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));
            await Task.Yield();
            hasEnded = true;
        }));

        await work.DisposeAsync();

        Assert.True(hasEnded);
        Assert.False(work.TryStart("too late", _ => Task.CompletedTask));
        await work.DisposeAsync();
    }

    [Fact]
    public async Task Work_begins_off_the_callers_stack_and_its_defects_end_with_it()
    {
        var work = new WorkSet(NullLogger.Instance);
        var posts = new Posts();
        var before = SynchronizationContext.Current;
        var hasBegun = false;
        SynchronizationContext.SetSynchronizationContext(posts);
        work.TryStart("fail", _ =>
        {
            hasBegun = true;
            throw new InvalidOperationException("a defect");
        });
        SynchronizationContext.SetSynchronizationContext(before);
        Assert.False(hasBegun);

        posts.RunAll();

        Assert.True(hasBegun);
        await work.DisposeAsync();
    }

    private sealed class Posts : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();

        public override void Post(SendOrPostCallback d, object? state) => _posted.Enqueue((d, state));

        public void RunAll()
        {
            while (_posted.TryDequeue(out var next)) next.Callback(next.State);
        }
    }
}
