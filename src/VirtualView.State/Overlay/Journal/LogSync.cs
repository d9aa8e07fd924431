using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using VirtualView.Core.Outcomes;
using VirtualView.State.Native;

namespace VirtualView.State.Overlay.Journal;

/// <summary>
/// Takes what was committed to the disk, by syncing SQLite's log itself: a commit with <c>synchronous=FULL</c> would do
/// no more, and would keep other commits waiting for the disk meanwhile. Callers share a sync.
/// </summary>
/// <param name="file">The log, kept open: the kernel tells each open file once that bytes could not be written.</param>
/// <param name="name">Of the log, for messages.</param>
/// <param name="mark">Told how far the disk has the log.</param>
/// <param name="log">For what goes wrong.</param>
internal sealed class LogSync(SafeFileHandle file, string name, LogMark mark, ILogger log) : IDisposable
{
    private readonly Lock _gate = new(); // guards _end, and _commits with it
    private LogPosition? _end;

    private readonly SemaphoreSlim _one = new(1, 1);
    private long _commits; // since the start; what was there before may not be on the disk either
    private long _synced = -1;
    private FileSystemError _failed;

    /// <summary>To be called after a commit.</summary>
    /// <param name="end">Where the log ends with it.</param>
    public void Committed(LogPosition? end)
    {
        lock (_gate)
        {
            _end = end;
            Interlocked.Increment(ref _commits);
        }
    }

    public async ValueTask<FileSystemError> SyncAsync(CancellationToken cancel)
    {
        var wanted = Interlocked.Read(ref _commits);
        if (Interlocked.Read(ref _synced) >= wanted) return FileSystemError.None;
        await _one.WaitAsync(cancel);
        try
        {
            // The kernel marks what it could not write as written: no later sync can promise for it.
            if (_failed != FileSystemError.None) return _failed;
            if (_synced >= wanted) return FileSystemError.None;
            var (covered, end) = Covered();
            var errno = await Task.Run(() => Libc.Sync(file, dataOnly: true), CancellationToken.None);
            if (errno == Errno.None)
            {
                Interlocked.Exchange(ref _synced, covered);
                if (end is { } position) mark.Synced(position);
                return FileSystemError.None;
            }

            _failed = DiskErrors.Of(errno);
            log.OverlaySyncFailed(name, errno);
            return _failed;
        }
        finally
        {
            _one.Release();
        }
    }

    private (long Commits, LogPosition? End) Covered()
    {
        lock (_gate) return (_commits, _end);
    }

    public void Dispose()
    {
        file.Dispose();
        _one.Dispose();
    }
}
