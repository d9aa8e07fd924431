using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Fuse.Notify;

namespace VirtualView.Fuse.Tests.Notify;

public sealed class NotificationQueueTests
{
    private static readonly NodeId First = new(10);
    private static readonly NodeId Second = new(20);

    [Fact]
    public void A_directory_that_is_stuck_holds_up_only_itself()
    {
        var queue = new NotificationQueue(100);
        queue.Add(Entry(First, "a"));
        queue.Add(Entry(First, "b"));
        queue.Add(Entry(Second, "c"));
        Assert.True(queue.TryTake(out var stuck));
        Assert.True(queue.TryTake(out var other));
        Assert.Equal((First, Second), (stuck.First.Node, other.First.Node));
        queue.Done(stuck.Lane!);
        Assert.True(queue.TryTake(out var next));
        Assert.Equal(Entry(First, "b"), next.First);
    }

    [Fact]
    public void A_full_queue_drops_all_and_says_how_many()
    {
        var queue = new NotificationQueue(3);
        for (var i = 0; i < 4; i++) queue.Add(Entry(new NodeId((ulong)i), "a"));
        Assert.True(queue.TryTake(out var epoch));
        Assert.Null(epoch.Lane);
        Assert.Equal(3, epoch.Dropped);
        Assert.True(queue.TryTake(out var rest));
        Assert.Equal(new NodeId(3), rest.First.Node);
    }

    [Fact]
    public void What_is_dropped_under_a_busy_thread_does_not_confuse_its_lane()
    {
        var queue = new NotificationQueue(2);
        queue.Add(Entry(First, "a"));
        Assert.True(queue.TryTake(out var busy));
        queue.Add(Entry(First, "b"));
        queue.Add(Entry(Second, "c"));
        queue.Add(Entry(First, "d")); // one too many
        queue.Done(busy.Lane!);
        Assert.True(queue.TryTake(out var epoch));
        Assert.Equal(2, epoch.Dropped);
        Assert.True(queue.TryTake(out var last));
        Assert.Equal(Entry(First, "d"), last.First);
        queue.Done(last.Lane!);
        queue.Complete();
        Assert.False(queue.TryTake(out _));
    }

    [Fact]
    public void It_is_stalled_when_something_waits_and_nobody_takes()
    {
        var queue = new NotificationQueue(10);
        queue.IsStalled();
        queue.Add(Entry(First, "a"));
        queue.Add(Entry(Second, "b"));
        Assert.True(queue.IsStalled());
        Assert.True(queue.TryTake(out _));
        Assert.False(queue.IsStalled());
        Assert.True(queue.IsStalled());
        Assert.True(queue.TryTake(out _));
        Assert.False(queue.IsStalled());
        Assert.False(queue.IsStalled()); // both are busy, but nothing waits
    }

    [Fact]
    public async Task Completion_ends_those_who_wait()
    {
        var queue = new NotificationQueue(2);
        var waiting = Task.Run(() => queue.TryTake(out _), TestContext.Current.CancellationToken);
        queue.Complete();
        Assert.False(await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    private static Notification Entry(NodeId parent, string name) => new(parent, PathName.Of(name));
}
