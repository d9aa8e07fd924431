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
internal sealed class SnapshotHistory : ISnapshotHistory, IAsyncDisposable
{
    private readonly BlockingWork _work;
    private readonly RecoveringDatabase _database;
    private readonly StateFolder _folder;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    private bool _isDamageSaid; // touched by _work alone

    public SnapshotHistory(StateFolder folder, TimeSpan busyTimeout, TimeProvider clock, ILogger log)
    {
        (_folder, _clock, _log) = (folder, clock, log);
        _database = new RecoveringDatabase(folder.HistoryFile, HistorySchema.Migrations, "snapshots before this one cannot be opened", busyTimeout, clock, log);
        _work = new BlockingWork(this, () => Task.Run(_database.Dispose));
    }

    public ValueTask<HistoryImage> LoadAsync(CancellationToken cancel) => _work.RunAsync(() => _database.Read(Load, HistoryImage.Empty), cancel);

    public ValueTask<HistoryImage> RecordAsync(SnapshotRecord record, DirectoryNode root, Snapshot? previous, ImmutableArray<long> removed, CancellationToken cancel) =>
        _work.RunAsync(() => Record(record, root, previous, removed, cancel), cancel);

    public ValueTask<HistoryImage> RemoveAsync(ImmutableArray<long> numbers, CancellationToken cancel) =>
        _work.RunAsync(() => Write(database => HistoryWriter.Remove(database, numbers)), cancel);

    public ValueTask<HistoryImage> NameAsync(SnapshotRecord record, CancellationToken cancel) =>
        _work.RunAsync(() => Write(database => HistoryWriter.Name(database, record)), cancel);

    public ValueTask<Outcome<DirectoryNode>> ReadAsync(long number, VirtualPath directory, CancellationToken cancel) =>
        _work.RunAsync(() => _database.Read(database => Read(database, number, directory), FileSystemError.Corrupt), cancel);

    public ValueTask<ImmutableArray<VirtualPath>> ChangedAsync(long older, long newer, CancellationToken cancel) =>
        _work.RunAsync(() => _database.Read(database => HistoryReader.Changed(database, older, newer), []), cancel);

    public ValueTask DisposeAsync() => _work.DisposeAsync();

    private HistoryImage Load(StateDatabase database)
    {
        var records = new RecordTable(database, null);
        var (whole, damaged) = records.Load();
        if (!damaged.IsEmpty)
        {
            _log.HistoryRecordsDamaged(damaged.Length, _folder.HistoryFile);
            HistoryWriter.Remove(database, damaged);
        }

        return new HistoryImage(whole, records.Greatest());
    }

    private HistoryImage Record(SnapshotRecord record, DirectoryNode root, Snapshot? previous, ImmutableArray<long> removed, CancellationToken cancel)
    {
        var began = _clock.GetTimestamp();
        var written = 0;
        var image = Write(database => written = HistoryWriter.Record(database, record, root, previous, removed, cancel));
        _log.SnapshotRecorded(record.Number, written, removed.Length, _clock.GetElapsedTime(began).TotalMilliseconds);
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
            if (!_isDamageSaid) _log.HistoryRowDamaged(number, _folder.HistoryFile, damage.Message);
            _isDamageSaid = true;
            return FileSystemError.Corrupt;
        }
    }
}
