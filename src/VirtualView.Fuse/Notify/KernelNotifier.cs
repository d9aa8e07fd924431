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

/// <summary>Tells the kernel what changed, from threads on which nobody waits: it may take locks that wait for our answers.</summary>
internal sealed class KernelNotifier : IKernelNotifier
{
    private const int FirstThreads = 4;

    /// <summary>So many directories may be stuck at once before the others must wait for their time to pass.</summary>
    private const int MostThreads = 64;

    /// <summary>No node has this number.</summary>
    private static readonly Notification EveryName = new(default, default);

    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);

    private const int Capacity = 65_536;

    private readonly NotificationQueue _queue = new(Capacity);
    private readonly DeviceChannel _channel;
    private readonly Agreement _agreement;
    private readonly bool _expiresAll;
    private readonly FuseCounters _counters;
    private readonly ILogger _logger;

    private readonly Lock _gate = new();
    private readonly List<Task> _threads = []; // guarded by _gate
    private readonly ITimer _looks;
    private bool _isStopped; // guarded by _gate
    private int _isExpiryAsked;

    public KernelNotifier(DeviceChannel channel, Agreement agreement, bool oneByOne, FuseCounters counters, TimeProvider time, ILogger logger)
    {
        (_channel, _agreement, _counters, _logger) = (channel, agreement, counters, logger);
        _expiresAll = agreement.CanIncrementEpoch && !oneByOne;
        for (var i = 0; i < FirstThreads; i++) AddThread();
        _looks = time.CreateTimer(_ => Look(), null, LookPeriod, LookPeriod);
    }

    /// <summary>Ends after <see cref="Stop"/>.</summary>
    public Task Ended
    {
        get
        {
            lock (_gate) return Task.WhenAll(_threads);
        }
    }

    /// <summary>
    /// Where the kernel can, every name is looked up again at its next use: that takes no lock. To expire one name takes
    /// its directory's, which who waits for an answer of ours may hold: of a daemon that is killed then this thread stays
    /// in the kernel, keeps the device open, and so nobody is told that the daemon is dead.
    /// </summary>
    public void EntryChanged(NodeId parent, PathName name)
    {
        if (!_expiresAll) _queue.Add(new Notification(parent, name));
        else if (Interlocked.Exchange(ref _isExpiryAsked, 1) == 0) _queue.Add(EveryName);
    }

    public void NodeChanged(NodeId node) => _queue.Add(new Notification(node, default));

    public void Stop()
    {
        lock (_gate) _isStopped = true;
        _looks.Dispose();
        _queue.Complete();
    }

    /// <summary>A thread in the kernel waits for as long as its directory is locked, which a slow source may decide.</summary>
    private void Look()
    {
        if (_queue.IsStalled()) AddThread();
    }

    private void AddThread()
    {
        lock (_gate)
        {
            if (_isStopped || _threads.Count >= MostThreads) return;
            _threads.Add(DedicatedThread.Start($"fuse notifier {_threads.Count}", Loop).Ended);
        }
    }

    private void Loop()
    {
        try
        {
            while (_queue.TryTake(out var task)) Tell(task);
        }
        catch (ObjectDisposedException)
        {
            // The device was closed between taking and telling: the mount has ended.
        }
    }

    private void Tell(in NotificationTask task)
    {
        if (task.Lane is null)
        {
            ExpireEverything(task.Dropped);
            return;
        }

        if (task.First == EveryName) ExpireAll();
        else Count(task.First.Name.IsEmpty ? TellNode(task.First.Node) : TellEntry(task.First));
        _queue.Done(task.Lane);
    }

    private int TellNode(NodeId node)
    {
        // A negative offset: attributes only. Pages of a node belong to its version and stay right.
        var message = new InvalidateNodeOut { NodeId = node.Value, Offset = -1 };
        return _channel.Notify(NotifyCode.InvalInode, MemoryMarshal.AsBytes(new ReadOnlySpan<InvalidateNodeOut>(in message)));
    }

    private unsafe int TellEntry(in Notification entry)
    {
        Span<byte> message = stackalloc byte[sizeof(InvalidateEntryOut) + PathName.MaxBytes + 1];
        var name = entry.Name.Bytes;
        MemoryMarshal.Write(message, new InvalidateEntryOut
        {
            Parent = entry.Node.Value,
            NameBytes = (uint)name.Length,
            Flags = _agreement.CanExpireEntries ? FuseProtocol.ExpireOnly : 0,
        });
        name.CopyTo(message[sizeof(InvalidateEntryOut)..]);
        message[sizeof(InvalidateEntryOut) + name.Length] = 0;
        return _channel.Notify(NotifyCode.InvalEntry, message[..(sizeof(InvalidateEntryOut) + name.Length + 1)]);
    }

    private void ExpireEverything(int dropped)
    {
        _counters.CountDropped(dropped);
        FuseLog.NotificationsDropped(_logger, dropped, _agreement.CanIncrementEpoch ? "at once" : "as their time passes");
        if (_agreement.CanIncrementEpoch) ExpireAll();
    }

    private void ExpireAll()
    {
        // First: what changes from here on is asked for anew.
        Volatile.Write(ref _isExpiryAsked, 0);
        Count(_channel.Notify(NotifyCode.IncEpoch, []));
    }

    private void Count(int refusal)
    {
        _counters.CountNotification();

        // ENOENT and ENOTDIR: the kernel does not remember this node or name. The mount's end refuses everything.
        if (refusal is not (0 or Errno.ENOENT or Errno.ENOTDIR or Errno.ENOTCONN or Errno.ENODEV))
            FuseLog.NotificationRefused(_logger, refusal);
    }
}
