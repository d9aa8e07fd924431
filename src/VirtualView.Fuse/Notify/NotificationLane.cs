namespace VirtualView.Fuse.Notify;

/// <summary>What waits to be told about one node, in order. Guarded by the queue's gate.</summary>
internal sealed class NotificationLane(ulong node)
{
    public ulong Node { get; } = node;

    public Queue<Notification> Waiting { get; } = new();
}
