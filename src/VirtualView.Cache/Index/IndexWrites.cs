using VirtualView.Cache.Disk;

namespace VirtualView.Cache.Index;

/// <summary>
/// The writes of FASTER's devices. FASTER cannot mend a write that failed: its log would never be flushed again, and a
/// table half written would count as whole. So none ever fails: one that the disk refuses is held, and tried again when
/// the next checkpoint is.
/// </summary>
internal sealed class IndexWrites(IDisk disk) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<IndexWrite> _held = []; // guarded by _gate
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<IndexDevice> _unsynced = []; // guarded by _gate
    private TaskCompletionSource<int> _refused = new(TaskCreationOptions.RunContinuationsAsynchronously); // guarded by _gate
    private int _underway; // guarded by _gate
    private bool _isClosed; // guarded by _gate

    /// <summary>What the disk refused and FASTER waits for.</summary>
    public long HeldBytes
    {
        get
        {
            lock (_gate) return _held.Sum(write => (long)write.LengthBytes);
        }
    }

    /// <summary>Ends with the error number as soon as a write is held.</summary>
    public Task<int> WhenRefused
    {
        get
        {
            lock (_gate) return _refused.Task;
        }
    }

    public void Begin(IndexWrite write)
    {
        bool isClosed;
        lock (_gate)
        {
            isClosed = _isClosed;
            if (!isClosed)
            {
                _underway++;
                _unsynced.Add(write.Device);
            }
        }

        // A checkpoint whose writes were given up goes on to its next ones: they must not touch the folder any more.
        ThreadPool.UnsafeQueueUserWorkItem(isClosed ? GiveUp : Run, write, preferLocal: false);
    }

    public void Retry()
    {
        IndexWrite[] again;
        lock (_gate)
        {
            if (_held.Count == 0) return;
            again = [.. _held];
            _held.Clear();
            _refused = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        foreach (var write in again) Begin(write);
    }

    /// <summary>All that was written before this call is on the disk after it. An error number, 0 when it is.</summary>
    public int Sync()
    {
        IndexDevice[] devices;
        lock (_gate) devices = [.. _unsynced];
        foreach (var device in devices)
        {
            lock (_gate) _unsynced.Remove(device);
            var error = device.Sync(disk);
            if (error == Errno.None) continue;
            lock (_gate) _unsynced.Add(device);
            return error;
        }

        return Errno.None;
    }

    /// <summary>Gives up what is held, and waits for what is being written: FASTER's memory may be freed then.</summary>
    public async ValueTask DisposeAsync()
    {
        IndexWrite[] given;
        lock (_gate)
        {
            _isClosed = true;
            given = [.. _held];
            _held.Clear();
            if (_underway == 0) _idle.TrySetResult();
        }

        foreach (var write in given) GiveUp(write);
        await _idle.Task.ConfigureAwait(false);
    }

    private void Run(IndexWrite write)
    {
        var error = write.Run(disk);
        var isHeld = false;
        lock (_gate)
        {
            if (error != Errno.None && !_isClosed)
            {
                _held.Add(write);
                _refused.TrySetResult(error);
                isHeld = true;
            }
        }

        if (!isHeld) End(write, error);
        lock (_gate)
            if (--_underway == 0 && _isClosed) _idle.TrySetResult();
    }

    private static void GiveUp(IndexWrite write) => End(write, Errno.Io);

    private static void End(IndexWrite write, int error)
    {
        try
        {
            write.End(error);
        }
        catch (Exception) when (error != Errno.None)
        {
            // Catch-all: FASTER is being closed, and finds nobody to tell of its own error.
        }
    }
}
