using VirtualView.Core.FileSystem;

namespace VirtualView.Fuse.Notify;

/// <summary>
/// What waits to be told, each thing once however often it changed. Bounded: when full, all that waits is dropped and
/// every name is expired instead.
/// </summary>
internal sealed class NotificationQueue(int capacity)
{
    private readonly object _gate = new(); // a monitor, as a thread waits on it
    private readonly HashSet<NodeId> _known = []; // guarded by _gate, as all below
    private readonly Queue<NodeId> _directories = new();
    private bool _haveNamesChanged;
    private int _dropped;
    private bool _isCompleted;

    public void AddNames()
    {
        lock (_gate)
        {
            _haveNamesChanged = true;
            Monitor.Pulse(_gate);
        }
    }

    public void Add(NodeId directory)
    {
        lock (_gate)
        {
            if (_isCompleted || _known.Contains(directory)) return;
            if (_directories.Count >= capacity) DropAllLocked();
            _known.Add(directory);
            _directories.Enqueue(directory);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for something to tell; false when the queue is completed.</summary>
    public bool TryTake(out Notification notification)
    {
        lock (_gate)
        {
            while (!_isCompleted && !_haveNamesChanged && _directories.Count == 0) Monitor.Wait(_gate);
            notification = default;
            if (_isCompleted) return false;
            notification = TakeLocked();
            return true;
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            _isCompleted = true;
            Monitor.PulseAll(_gate);
        }
    }

    private Notification TakeLocked()
    {
        if (_haveNamesChanged)
        {
            var names = new Notification(null, _dropped);
            (_haveNamesChanged, _dropped) = (false, 0);
            return names;
        }

        var directory = _directories.Dequeue();
        _known.Remove(directory); // before it is told: what changes from here on is told anew
        return new Notification(directory, 0);
    }

    private void DropAllLocked()
    {
        _dropped += _directories.Count;
        _directories.Clear();
        _known.Clear();
        _haveNamesChanged = true;
    }
}
