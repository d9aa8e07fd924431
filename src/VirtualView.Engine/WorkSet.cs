using Microsoft.Extensions.Logging;

namespace VirtualView.Engine;

/// <summary>
/// Owns the background work of the engine: none is started after the stop, and the stop waits for all of it.
/// </summary>
internal sealed class WorkSet(ILogger logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _running; // guarded by _gate
    private bool _isStopped; // guarded by _gate

    /// <summary>Starts work that handles its own failures. False when the engine is stopping: then nothing was started.</summary>
    public bool TryStart(string what, Func<CancellationToken, Task> work)
    {
        lock (_gate)
        {
            if (_isStopped) return false;
            _running++;
        }

        _ = RunOwnedAsync(what, work, _stop.Token);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        bool isIdle;
        lock (_gate)
        {
            if (_isStopped) return;
            _isStopped = true;
            isIdle = _running == 0;
        }

        Cancel();
        if (!isIdle) await _idle.Task;
        _stop.Dispose();
    }

    /// <summary>On this thread: the asynchronous way takes a thread of the pool, and with it the order of events.</summary>
    private void Cancel() => _stop.Cancel();

    private async Task RunOwnedAsync(string what, Func<CancellationToken, Task> work, CancellationToken stop)
    {
        // Off the caller's thread and out of its locks.
        await Task.Yield();
        try
        {
            await work(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The engine stops: that is how work ends.
        }
        catch (Exception defect)
        {
            EngineLog.WorkFailed(logger, what, defect);
        }
        finally
        {
            Retire();
        }
    }

    private void Retire()
    {
        lock (_gate)
        {
            _running--;
            if (!_isStopped || _running > 0) return;
        }

        _idle.TrySetResult();
    }
}
