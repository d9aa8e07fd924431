using SQLitePCL;
using VirtualView.Core.Crashes;
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
/// <param name="index">Where the log ends.</param>
/// <param name="mark">Told how much of the log was copied.</param>
/// <param name="room">Told that the database was cut.</param>
internal sealed class LogCheckpoints(sqlite3 writer, StateDatabase own, Lock commits, LogIndex index, LogMark mark, DatabaseRoom room) : IAsyncDisposable
{
    /// <summary>16 MiB: the log is copied when so much was written since it was copied last.</summary>
    public const int EachPages = 4096;

    /// <summary>64 MiB: the log never is longer, but for the last commit.</summary>
    public const int MostPages = 4 * EachPages;

    private Task _running = Task.CompletedTask; // guarded by commits, as is all below
    private int _copiedAt; // pages written when the log was copied last
    private int _wholeAt; // and when it was copied whole, so that it begins anew
    private bool _isClosed;

    /// <summary>To be called after a commit, with the lock held.</summary>
    public void Committed()
    {
        var written = PagesWritten();
        if (written - _wholeAt >= MostPages) CopyWhole();
        if (written - _copiedAt < EachPages || !_running.IsCompleted || _isClosed) return;
        _copiedAt = written;
        _running = Task.Run(CopyInBackground);
    }

    /// <summary>Copies what can be, so that the log is written from its beginning again, where it needs no new room.</summary>
    public int Copy(out int pages, out int copied)
    {
        var before = index.Read();
        var result = raw.sqlite3_wal_checkpoint_v2(own.Connection.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out pages, out copied);
        lock (commits)
        {
            room.Cut();

            // A commit meanwhile may have begun the log anew.
            if (result == raw.SQLITE_OK && before is { } log && index.Read()?.Salt == log.Salt) mark.Copied(log.Salt, (uint)copied);
        }

        return result;
    }

    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (commits) (_isClosed, running) = (true, _running);
        await running;
        own.Dispose();
    }

    private void CopyInBackground()
    {
        Copy(out _, out _);
        CrashPoint.Reached(CrashPoints.OverlayLogCopied);
        lock (commits)
        {
            // Who commits seldom has let it be copied whole; else what came meanwhile can wait for the next time, or not.
            var written = PagesWritten();
            if (written == _copiedAt || written - _wholeAt >= MostPages / 2) CopyWhole();
        }
    }

    // What fails (a full disk) fails again at the next time or at a commit, which tells it.
    private void CopyWhole()
    {
        if (Copy(out var pages, out var copied) == raw.SQLITE_OK && pages == copied) _wholeAt = PagesWritten();
    }

    private int PagesWritten()
    {
        raw.sqlite3_db_status(writer, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, 0);
        return written;
    }
}
