using VirtualView.Core.Crashes;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;

namespace VirtualView.State.Overlay.Files;

/// <summary>
/// Files that are to be deleted, which waits until the disk has the journal without them. A commit is not synced, and the
/// disk's file system may keep a deletion before it: after a loss of power the row would be back and its bytes gone, though
/// both had been synced long ago.
/// </summary>
/// <param name="sync">Takes the journal to the disk.</param>
/// <param name="delete">Deletes one.</param>
/// <param name="clock">For the pause in which deletions gather.</param>
internal sealed class RemovedFiles(Func<ValueTask<FileSystemError>> sync, Action<LocalId> delete, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>So that removing many files costs a sync a second.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new(); // guards all below
    private List<(LocalId Id, long Bytes)> _waiting = [];
    private long _bytes;
    private Task _running = Task.CompletedTask;
    private bool _isRunning;

    /// <summary>What the disk gives back with them.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate) return _bytes;
        }
    }

    public void Add(LocalId id, long bytes)
    {
        lock (_gate)
        {
            _waiting.Add((id, bytes));
            _bytes += bytes;
            if (_isRunning || _closing.IsCancellationRequested) return;
            _isRunning = true;
            _running = Task.Run(RunAsync);
        }
    }

    /// <summary>False when nothing waited, or the journal cannot be synced: then they wait for the next start.</summary>
    public async ValueTask<bool> DeleteNowAsync()
    {
        await _one.WaitAsync();
        try
        {
            var batch = Take();
            if (batch.Count == 0) return false;
            if (await sync() != FileSystemError.None)
            {
                lock (_gate) _waiting.AddRange(batch);
                return false;
            }

            CrashPoint.Reached(CrashPoints.OverlayRemovedSynced);
            foreach (var (id, bytes) in batch)
            {
                delete(id);
                lock (_gate) _bytes -= bytes;
                CrashPoint.Reached(CrashPoints.OverlayRemovedDeleted);
            }

            return true;
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_gate) running = _running;
        await _closing.CancelAsync();
        await running;
        await DeleteNowAsync();
        _one.Dispose();
        _closing.Dispose();
    }

    private async Task RunAsync()
    {
        do
        {
            await Task.Delay(Pause, clock, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await DeleteNowAsync();
        }
        while (GoesOn());
    }

    private List<(LocalId Id, long Bytes)> Take()
    {
        lock (_gate)
        {
            var batch = _waiting;
            _waiting = [];
            return batch;
        }
    }

    private bool GoesOn()
    {
        lock (_gate) return _isRunning = _waiting.Count > 0 && !_closing.IsCancellationRequested;
    }
}
