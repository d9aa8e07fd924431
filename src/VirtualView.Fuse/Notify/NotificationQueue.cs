using System.Diagnostics.CodeAnalysis;

namespace VirtualView.Fuse.Notify;

/// <summary>
/// Notifications in lanes, one a node: a lane is with one thread at a time, so one that is stuck in the kernel holds
/// up nobody but itself. Bounded: when full, all that waits is dropped and every name is expired instead.
/// </summary>
internal sealed class NotificationQueue(int capacity)
{
    private readonly object _gate = new(); // a monitor, as threads wait on it
    private readonly Dictionary<ulong, NotificationLane> _lanes = []; // guarded by _gate, as all below
    private readonly Queue<NotificationLane> _ready = new(); // lanes that have something and are with no thread
    private int _count;
    private int _dropped;
    private long _taken;
    private long _takenAtLastLook;
    private bool _completed;

    public void Add(Notification notification)
    {
        lock (_gate)
        {
            if (_completed) return;
            if (_count >= capacity) DropAllLocked();
            if (!_lanes.TryGetValue(notification.Node.Value, out var lane))
            {
                _lanes.Add(notification.Node.Value, lane = new NotificationLane(notification.Node.Value));
                _ready.Enqueue(lane);
            }

            lane.Waiting.Enqueue(notification);
            _count++;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for something to do; false when the queue is completed. A lane taken is given back by <see cref="Done"/>.</summary>
    public bool TryTake([MaybeNullWhen(false)] out NotificationTask task)
    {
        lock (_gate)
        {
            while (true)
            {
                task = default;
                if (_completed) return false;
                if (TryTakeLocked(out task)) return true;
                Monitor.Wait(_gate);
            }
        }
    }

    public void Done(NotificationLane lane)
    {
        lock (_gate)
        {
            if (lane.Waiting.Count == 0)
            {
                _lanes.Remove(lane.Node);
                return;
            }

            _ready.Enqueue(lane);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>True when lanes wait and none was taken since this was asked the last time: all who take are stuck.</summary>
    public bool IsStalled()
    {
        lock (_gate)
        {
            var isStalled = _ready.Count > 0 && _taken == _takenAtLastLook;
            _takenAtLastLook = _taken;
            return isStalled;
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool TryTakeLocked(out NotificationTask task)
    {
        task = new NotificationTask(null, default, _dropped);
        if (_dropped > 0)
        {
            _dropped = 0;
            return true;
        }

        if (!_ready.TryDequeue(out var lane)) return false;
        _count--;
        _taken++;
        task = new NotificationTask(lane, lane.Waiting.Dequeue(), 0);
        return true;
    }

    private void DropAllLocked()
    {
        foreach (var lane in _ready) _lanes.Remove(lane.Node);
        foreach (var lane in _lanes.Values) lane.Waiting.Clear(); // those that are with a thread
        _ready.Clear();
        _dropped += _count;
        _count = 0;
    }
}
