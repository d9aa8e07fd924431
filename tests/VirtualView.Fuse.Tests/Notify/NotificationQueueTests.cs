using VirtualView.Core.FileSystem;
using VirtualView.Fuse.Notify;

namespace VirtualView.Fuse.Tests.Notify;

public sealed class NotificationQueueTests
{
    private static readonly NodeId First = new(10);
    private static readonly NodeId Second = new(20);

    [Fact]
    public void What_changes_several_times_before_it_is_told_is_told_once()
    {
        var queue = new NotificationQueue(100);
        queue.Add(First);
        queue.AddNames();
        queue.Add(Second);
        queue.Add(First);
        queue.AddNames();
        Assert.Equal([null, First, Second], Take(queue, 3).Select(taken => taken.Directory));

        queue.Add(First);
        Assert.Equal(First, Take(queue, 1)[0].Directory);
    }

    [Fact]
    public void A_full_queue_drops_all_says_how_many_and_has_every_name_expired()
    {
        var queue = new NotificationQueue(3);
        for (var i = 1ul; i <= 4; i++) queue.Add(new NodeId(i));
        Assert.Equal([new Notification(null, 3), new Notification(new NodeId(4), 0)], Take(queue, 2));
    }

    [Fact]
    public async Task Completion_ends_who_waits()
    {
        var queue = new NotificationQueue(2);
        var waiting = Task.Run(() => queue.TryTake(out _), TestContext.Current.CancellationToken);
        queue.Complete();
        Assert.False(await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    private static List<Notification> Take(NotificationQueue queue, int count)
    {
        var taken = new List<Notification>();
        while (taken.Count < count && queue.TryTake(out var next)) taken.Add(next);
        return taken;
    }
}
