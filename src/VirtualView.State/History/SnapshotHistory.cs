using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;
using VirtualView.State.Database;
using VirtualView.State.Folders;

namespace VirtualView.State.History;

/// <summary>
/// The snapshots that are kept, in a database of their own: what becomes of it is no matter of the current tree. Calls may
/// come from any thread and wait for each other.
/// </summary>
internal sealed class SnapshotHistory(StateFolder folder, TimeSpan busyTimeout, TimeProvider clock, ILogger log) : ISnapshotHistory, IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly RecoveringDatabase _database =
        new(folder.HistoryFile, HistorySchema.Migrations, "snapshots before this one cannot be opened", busyTimeout, clock, log);

    private bool _isDamageSaid; // guarded by _one, as what is below
    private bool _isDisposed;

    public ValueTask<HistoryImage> LoadAsync(CancellationToken cancel) => AloneAsync(() => _database.Read(Load, HistoryImage.Empty), cancel);

    public ValueTask<HistoryImage> RecordAsync(SnapshotRecord record, DirectoryNode root, Snapshot? previous, ImmutableArray<long> removed, CancellationToken cancel) =>
        AloneAsync(() => Record(record, root, previous, removed, cancel), cancel);

    public ValueTask<HistoryImage> RemoveAsync(ImmutableArray<long> numbers, CancellationToken cancel) =>
        AloneAsync(() => Write(database => HistoryWriter.Remove(database, numbers)), cancel);

    public ValueTask<HistoryImage> NameAsync(SnapshotRecord record, CancellationToken cancel) =>
        AloneAsync(() => Write(database => HistoryWriter.Name(database, record)), cancel);

    public ValueTask<Outcome<DirectoryNode>> ReadAsync(long number, VirtualPath directory, CancellationToken cancel) =>
        AloneAsync(() => _database.Read(database => Read(database, number, directory), FileSystemError.Corrupt), cancel);

    public ValueTask<ImmutableArray<VirtualPath>> ChangedAsync(long older, long newer, CancellationToken cancel) =>
        AloneAsync(() => _database.Read(database => HistoryReader.Changed(database, older, newer), []), cancel);

    public void Dispose()
    {
        _one.Wait();
        _isDisposed = true;
        _database.Dispose();
        _one.Release();
    }

    private HistoryImage Load(StateDatabase database)
    {
        var records = new RecordTable(database, null);
        var (whole, damaged) = records.Load();
        if (!damaged.IsEmpty)
        {
            log.HistoryRecordsDamaged(damaged.Length, folder.HistoryFile);
            HistoryWriter.Remove(database, damaged);
        }

        return new HistoryImage(whole, records.Greatest());
    }

    private HistoryImage Record(SnapshotRecord record, DirectoryNode root, Snapshot? previous, ImmutableArray<long> removed, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        var written = 0;
        var image = Write(database => written = HistoryWriter.Record(database, record, root, previous, removed, cancel));
        log.SnapshotRecorded(record.Number, written, removed.Length, clock.GetElapsedTime(began).TotalMilliseconds);
        return image;
    }

    private HistoryImage Write(Action<StateDatabase> work) => _database.Write(database =>
    {
        work(database);
        return Load(database);
    });

    /// <summary>A damaged row costs its directory in the snapshots that see it, not the whole history.</summary>
    private Outcome<DirectoryNode> Read(StateDatabase database, long number, VirtualPath directory)
    {
        try
        {
            return HistoryReader.Read(database, number, directory);
        }
        catch (DamagedDatabaseException damage)
        {
            if (!_isDamageSaid) log.HistoryRowDamaged(number, folder.HistoryFile, damage.Message);
            _isDamageSaid = true;
            return FileSystemError.Corrupt;
        }
    }

    // On the pool: SQLite blocks, and the caller may be the loop that polls.
    private async ValueTask<T> AloneAsync<T>(Func<T> work, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return await Task.Run(work, cancel);
        }
        finally
        {
            _one.Release();
        }
    }
}
