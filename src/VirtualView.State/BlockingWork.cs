namespace VirtualView.State;

/// <summary>
/// Work of one owner, one piece at a time, until it is closed. On the pool: SQLite blocks, and the caller may be the loop
/// that polls.
/// </summary>
/// <param name="owner">Who is disposed when it is.</param>
/// <param name="close">What is done last.</param>
internal sealed class BlockingWork(object owner, Func<Task> close) : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private bool _isClosed; // guarded by _one

    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public async ValueTask<T> RunAsync<T>(Func<T> work, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, owner);
            return await Task.Run(work, cancel);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Waits for the piece that is done just now.</summary>
    public async ValueTask DisposeAsync()
    {
        await _one.WaitAsync();
        try
        {
            if (_isClosed) return;
            _isClosed = true;
            await close();
        }
        finally
        {
            _one.Release();
        }
    }
}
