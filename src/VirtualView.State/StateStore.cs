using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;
using VirtualView.Core.Versions;
using VirtualView.State.Database;
using VirtualView.State.Folders;
using VirtualView.State.History;
using VirtualView.State.Identities;
using VirtualView.State.Overlay;
using VirtualView.State.Overlay.Files;
using VirtualView.State.Overlay.Journal;
using VirtualView.State.Pins;
using VirtualView.State.Trees;

namespace VirtualView.State;

/// <summary>
/// The state folder of one view, held until disposed: who the sources are, what is pinned, and the newest snapshot. What becomes of
/// damage stands in docs/state.md. Calls may come from any thread and wait for each other.
/// </summary>
public sealed class StateStore : IStateStore
{
    private readonly BlockingWork _work;
    private readonly StateFolderLock _lock;
    private readonly RecoveringDatabase _database;
    private readonly SnapshotHistory _history;
    private readonly SourceIdentities _sources;
    private readonly PinFile _pins;
    private readonly StateFolder _folder;
    private readonly TimeSpan _busyTimeout;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    // The tree that is in the database, and in which file; touched by _work alone. Weak: the engine decides how long it lives.
    private readonly WeakReference<DirectoryNode?> _saved = new(null);
    private int _savedIn;
    private OverlayParts? _overlay; // the same

    private StateStore(StateFolderLock held, StateFolder folder, SourceIdentities sources, TimeSpan busyTimeout, TimeProvider clock, ILogger log)
    {
        (_lock, _folder, _sources, _busyTimeout, _clock, _log) = (held, folder, sources, busyTimeout, clock, log);
        _database = new RecoveringDatabase(folder.DatabaseFile, Migrations.All, "directories are listed again", busyTimeout, clock, log);
        _work = new BlockingWork(this, CloseAsync);
        _history = new SnapshotHistory(folder, busyTimeout, clock, log);
        _pins = new PinFile(folder, clock, log);
    }

    /// <summary>Makes the folder if need be and locks it. The database is opened by the first call that needs it.</summary>
    /// <exception cref="StateException">Another daemon has the folder, or it cannot be written.</exception>
    public static async ValueTask<StateStore> OpenAsync(
        StateStoreOptions options, TimeProvider clock, ILoggerFactory logs, CancellationToken cancel) =>
        await Task.Run(() => Open(options, clock, logs.CreateLogger<StateStore>()), cancel);

    public ValueTask<SourceId> IdentifySourceAsync(string origin, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(origin);
        return _work.RunAsync(() => _sources.Identify(origin), cancel);
    }

    public ValueTask<Snapshot?> LoadSnapshotAsync(CancellationToken cancel) => _work.RunAsync(() => Load(cancel), cancel);

    public async ValueTask SaveSnapshotAsync(Snapshot? previous, Snapshot next, CancellationToken cancel)
    {
        if (!next.Root.Name.IsEmpty) throw new ArgumentException($"the root of a snapshot has no name, not '{next.Root.Name}'", nameof(next));
        await _work.RunAsync(() => Save(previous, next, cancel), cancel);
    }

    public ValueTask<ImmutableArray<PinRule>> LoadPinsAsync(CancellationToken cancel) => _work.RunAsync(_pins.Load, cancel);

    public async ValueTask SavePinsAsync(ImmutableArray<PinRule> rules, CancellationToken cancel) =>
        await _work.RunAsync(() => Save(rules), cancel);

    /// <summary>The snapshots that are kept. It is opened by the first call, and closes with this store.</summary>
    public ISnapshotHistory History => _history;

    /// <summary>False when nothing was ever written in the view.</summary>
    public bool HasOverlay => File.Exists(_folder.OverlayDatabaseFile);

    /// <summary>What is kept of what is written in the view. It is closed with this store, if not before.</summary>
    /// <exception cref="StateException">The folder for it cannot be made.</exception>
    public ValueTask<OverlayParts> OpenOverlayAsync(CancellationToken cancel) => _work.RunAsync(() => _overlay ??= OpenOverlay(), cancel);

    public ValueTask DisposeAsync() => _work.DisposeAsync();

    private static StateStore Open(StateStoreOptions options, TimeProvider clock, ILogger log)
    {
        var folder = StateFolder.Create(options.Folder);
        // What none can hold no other daemon holds; what another one has open is left alone until the lock is ours.
        SetAside.Obstacles([folder.LockFile, folder.PidFile], clock, log);
        var held = StateFolderLock.Take(folder.Path);
        try
        {
            SetAside.Obstacles(folder.OwnFiles, clock, log);
            if (folder.IsOpenToOthers) log.FolderOpenToOthers(folder.Path);
            var sources = SourceIdentities.Load(folder, clock, log);
            return new StateStore(held, folder, sources, options.BusyTimeout, clock, log);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private OverlayParts OpenOverlay()
    {
        OverlayJournal? journal = null;
        var files = OverlayFiles.Open(_folder, () => journal!.SyncAsync(CancellationToken.None), _clock, _log);
        journal = new OverlayJournal(_folder, files.GreatestId, _busyTimeout, _clock, _log);
        return new OverlayParts(journal, files);
    }

    private async Task CloseAsync()
    {
        await CloseOverlayAsync();
        await _history.DisposeAsync();
        await Task.Run(_database.Dispose); // closing copies the log into the database
        _lock.Dispose();
    }

    private async ValueTask CloseOverlayAsync()
    {
        if (_overlay is null) return;
        if (_overlay.Files is IAsyncDisposable files) await files.DisposeAsync();
        await _overlay.Journal.DisposeAsync();
    }

    private Snapshot? Load(CancellationToken cancel)
    {
        var began = _clock.GetTimestamp();
        var (snapshot, directories) = _database.Read(database => SnapshotTable.Load(database, cancel), default);
        Remember(snapshot?.Root);
        if (snapshot is not null)
            _log.SnapshotLoaded(snapshot.Number, directories, _clock.GetElapsedTime(began).TotalMilliseconds);
        return snapshot;
    }

    private bool Save(ImmutableArray<PinRule> rules)
    {
        _pins.Save(rules);
        return true;
    }

    private bool Save(Snapshot? previous, Snapshot next, CancellationToken cancel)
    {
        var began = _clock.GetTimestamp();
        var (written, deleted) = _database.Write(database => SnapshotTable.Save(database, InDatabase(previous), next, cancel));
        Remember(next.Root);
        _log.SnapshotSaved(next.Number, written, deleted, _clock.GetElapsedTime(began).TotalMilliseconds);
        return true;
    }

    /// <summary>The tree of <paramref name="previous"/> if that is what the database holds, else null: write everything.</summary>
    private DirectoryNode? InDatabase(Snapshot? previous) =>
        previous is not null && _savedIn == _database.Generation
        && _saved.TryGetTarget(out var saved) && ReferenceEquals(saved, previous.Root)
            ? saved
            : null;

    private void Remember(DirectoryNode? root)
    {
        _saved.SetTarget(root);
        _savedIn = _database.Generation;
    }
}
