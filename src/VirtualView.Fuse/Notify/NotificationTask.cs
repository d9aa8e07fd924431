namespace VirtualView.Fuse.Notify;

/// <summary>
/// One thing for a thread to do: tell the first notification of a lane, or without a lane expire every name after
/// <see cref="Dropped"/> notifications were lost.
/// </summary>
internal readonly record struct NotificationTask(NotificationLane? Lane, Notification First, int Dropped);
