using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.State.Database;
using VirtualView.State.Folders;

namespace VirtualView.State.Overlay.Journal;

/// <summary>The journal in <c>overlay.db</c>. What becomes of damage stands in docs/state.md.</summary>
/// <param name="greatestFile">The greatest id that has bytes: the journal need not know of it.</param>
internal sealed class OverlayJournal(StateFolder folder, Func<ulong> greatestFile, TimeSpan busyTimeout, TimeProvider clock, ILogger log) : IOverlayJournal
{
    /// <summary>So far beyond the greatest that is known new ids begin when it is not known which were used.</summary>
    public const ulong IdsAfterDamage = 1UL << 32;

    private readonly Lock _gate = new(); // one commit at a time
    private OpenJournal? _open; // set by the load
    private uint _pages; // of the database with its log; guarded by _gate
    private bool _isTroubled; // guarded by _gate: trouble is told once, until a commit succeeds

    public async ValueTask<OverlayImage> LoadAsync(CancellationToken cancel)
    {
        if (_open is not null) throw new InvalidOperationException("the journal is loaded already");
        return await Task.Run(() => Load(cancel), cancel);
    }

    public FileSystemError Commit(OverlayChanges changes)
    {
        lock (_gate)
        {
            var open = Loaded();
            if (changes.IsEmpty) return FileSystemError.None;
            if (!changes.Removes && !open.Room.TryReserve(_pages)) return FileSystemError.NoSpace;
            var result = open.Writer!.Write(changes);

            // A log that is copied begins anew, in the room that it has.
            if (IsFull(open, result) && open.Checkpoints.Copy(out _, out _) == raw.SQLITE_OK) result = open.Writer.Write(changes);
            if (result != raw.SQLITE_DONE) return Failed(open.Handle, result);
            _isTroubled = false;
            var end = open.Index.Read();
            if (end is { } log)
            {
                _pages = log.DatabasePages;
                open.Mark.Committed(log);
            }

            open.Log.Committed(end);
            open.Checkpoints.Committed();
            return FileSystemError.None;
        }
    }

    public ValueTask<FileSystemError> SyncAsync(CancellationToken cancel) => Loaded().Log.SyncAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        OpenJournal? open;
        lock (_gate) (open, _open) = (_open, null);
        if (open is not null) await open.DisposeAsync();
    }

    private OverlayImage Load(CancellationToken cancel)
    {
        var file = folder.OverlayDatabaseFile;
        try
        {
            var salvage = new JournalSalvage(file, busyTimeout, clock, log);
            salvage.Resume();
            var broken = new LogRepair(file, salvage, log).Run();
            var losses = new Losses(broken);
            OpenJournal open;
            OverlayImage image;
            ulong? used;
            try
            {
                (open, image, used) = Read(losses, cancel);
            }
            catch (Exception e) when (IsDamage(e))
            {
                losses = new Losses(broken);
                salvage.Run(e.Message, losses);
                (open, image, used) = Read(losses, cancel);
            }

            // A file may be left of an inode whose commits went with the power. It is still to be deleted, by its id.
            var last = Math.Max(image.LastUsed.Value, greatestFile());
            if (losses.Any && used is null or 0) last += IdsAfterDamage;
            open.Writer = new JournalWriter(open.Handle, last, used ?? 0);
            _open = open;
            _pages = open.Index.Read()?.DatabasePages ?? 0;
            return image with { LastUsed = new LocalId(last), Losses = losses.ToImmutable() };
        }
        catch (DamagedDatabaseException e)
        {
            throw new StateException($"'{file}' holds what was written in the view, and cannot be used: {e.Message}: install the release that wrote it", e);
        }
        catch (SqliteException e)
        {
            throw DatabaseFailures.ToStateException(e, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"cannot use '{file}': {e.Message.TrimEnd('.')}: make it readable and writable for this user and see that the disk has room", e);
        }
    }

    private (OpenJournal Open, OverlayImage Image, ulong? Used) Read(Losses losses, CancellationToken cancel)
    {
        var open = OpenJournal.Open(folder.OverlayDatabaseFile, busyTimeout, clock, _gate, log);
        try
        {
            var loader = new JournalLoader(open.Handle, losses, cancel);
            return (open, loader.Load(), loader.Used);
        }
        catch
        {
            open.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    // The log's index, too, may find no room.
    private static bool IsFull(OpenJournal open, int result) =>
        result != raw.SQLITE_DONE && JournalFailures.Of(open.Handle, result) is FileSystemError.NoSpace or FileSystemError.QuotaExceeded;

    private OpenJournal Loaded() => _open ?? throw new InvalidOperationException("the journal is not loaded, or closed");

    private FileSystemError Failed(sqlite3 database, int result)
    {
        var error = JournalFailures.Of(database, result);
        var isForCaller = error is FileSystemError.NoSpace or FileSystemError.QuotaExceeded;
        if (!isForCaller && !_isTroubled) log.OverlayCommitFailed(folder.OverlayDatabaseFile, result, raw.sqlite3_errstr(result).utf8_to_string());
        _isTroubled |= !isForCaller;
        return error;
    }

    // What a newer release wrote is the user's only copy, and whole.
    private static bool IsDamage(Exception e) =>
        e is DamagedDatabaseException { Why: not "newer-schema" }
        || (e is SqliteException sqlite && DatabaseFailures.Classify(sqlite) == DatabaseFailure.Damaged);
}
