using SQLitePCL;
using VirtualView.State.Database;

namespace VirtualView.State.Overlay.Journal;

/// <summary>
/// Copies SQLite's log into the database in the background, on a connection of its own, so that commits do not wait
/// for it. Only if commits come without a pause, so that the log never is copied whole, they wait at the end: for what
/// came meanwhile.
/// </summary>
/// <param name="writer">The connection that commits.</param>
/// <param name="own">The connection that copies.</param>
/// <param name="commits">Held by each commit.</param>
internal sealed class LogCheckpoints(sqlite3 writer, StateDatabase own, Lock commits) : IAsyncDisposable
{
    /// <summary>16 MiB: the log is copied when so much was written since it was copied last.</summary>
    public const int EachPages = 4096;

    /// <summary>64 MiB, of which half may come while the log is copied: then commits wait.</summary>
    public const int MostPages = 4 * EachPages;

    private Task _running = Task.CompletedTask; // guarded by commits, as is all below
    private int _copiedAt;
    private bool _isClosed;

    /// <summary>To be called after a commit, with the lock held.</summary>
    public void Committed()
    {
        var written = PagesWritten();
        if (written - _copiedAt < EachPages || !_running.IsCompleted || _isClosed) return;
        _copiedAt = written;
        _running = Task.Run(CopyAll);
    }

    /// <summary>Copies what can be, so that the log is written from its beginning again, where it needs no new room.</summary>
    public int Copy(out int pages, out int copied) =>
        raw.sqlite3_wal_checkpoint_v2(own.Connection.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out pages, out copied);

    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (commits) (_isClosed, running) = (true, _running);
        await running;
        own.Dispose();
    }

    // What fails (a full disk) fails again at the next time or at a commit, which tells it.
    private void CopyAll()
    {
        if (Copy(out var pages, out var copied) != raw.SQLITE_OK || copied == pages || pages < MostPages) return;
        lock (commits) Copy(out _, out _);
    }

    private int PagesWritten()
    {
        raw.sqlite3_db_status(writer, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, 0);
        return written;
    }
}
