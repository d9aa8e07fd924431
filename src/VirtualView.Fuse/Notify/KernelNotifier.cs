using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Dispatch;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Native;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Notify;

/// <summary>
/// Tells the kernel what changed, from a thread on which nobody waits. It uses only notifications that take no lock which
/// somebody holds while he waits for our answer: a thread that is stuck in one would keep the device of a killed daemon open,
/// and who waits in its mount would wait on.
/// </summary>
internal sealed class KernelNotifier : IKernelNotifier
{
    private const int Capacity = 65_536;

    private readonly NotificationQueue _queue = new(Capacity);
    private readonly DeviceChannel _channel;
    private readonly bool _expiresNames;
    private readonly FuseCounters _counters;
    private readonly ILogger _logger;

    public KernelNotifier(DeviceChannel channel, Agreement agreement, FuseCounters counters, ILogger logger)
    {
        (_channel, _expiresNames, _counters, _logger) = (channel, agreement.CanExpireNames, counters, logger);
        Ended = DedicatedThread.Start("fuse notifier", Loop).Ended;
    }

    /// <summary>Ends after <see cref="Stop"/>.</summary>
    public Task Ended { get; }

    /// <summary>Every name is looked up again at its next use. A kernel that cannot be told so forgets names by itself, soon.</summary>
    public void EntryChanged(NodeId parent, PathName name)
    {
        if (_expiresNames) _queue.AddNames();
    }

    public void NodeChanged(NodeId node) => _queue.Add(node);

    public void Stop() => _queue.Complete();

    private void Loop()
    {
        try
        {
            while (_queue.TryTake(out var notification)) Tell(notification);
        }
        catch (ObjectDisposedException)
        {
            // The device was closed between taking and telling: the mount has ended.
        }
    }

    private void Tell(Notification notification)
    {
        if (notification.Dropped > 0)
        {
            _counters.CountDropped(notification.Dropped);
            FuseLog.NotificationsDropped(_logger, notification.Dropped, _expiresNames ? "at once" : "as their time passes");
        }

        if (notification.Directory is { } directory) Count(TellDirectory(directory));
        else if (_expiresNames) Count(_channel.Notify(NotifyCode.IncEpoch, []));
    }

    private int TellDirectory(NodeId directory)
    {
        // A negative offset: attributes only, which waits for nothing.
        var message = new InvalidateNodeOut { NodeId = directory.Value, Offset = -1 };
        return _channel.Notify(NotifyCode.InvalInode, MemoryMarshal.AsBytes(new ReadOnlySpan<InvalidateNodeOut>(in message)));
    }

    private void Count(int refusal)
    {
        _counters.CountNotification();

        // ENOENT: the kernel does not remember this directory. The mount's end refuses everything.
        if (refusal is not (0 or Errno.ENOENT or Errno.ENOTCONN or Errno.ENODEV))
            FuseLog.NotificationRefused(_logger, refusal);
    }
}
