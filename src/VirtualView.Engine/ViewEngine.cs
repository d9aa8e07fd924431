using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;
using VirtualView.Core.Units;
using VirtualView.Engine.CacheControl;
using VirtualView.Engine.Fetching;
using VirtualView.Engine.FileSystem;
using VirtualView.Engine.Handles;
using VirtualView.Engine.Mappings;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Options;
using VirtualView.Engine.Overlay;
using VirtualView.Engine.Overlay.Changes;
using VirtualView.Engine.Overlay.Names;
using VirtualView.Engine.Past;
using VirtualView.Engine.Polling;
using VirtualView.Engine.Polling.Deletions;
using VirtualView.Engine.Polling.Names;
using VirtualView.Engine.Polling.Pacing;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Sources;
using VirtualView.Engine.Status;
using VirtualView.Engine.VirtualFiles;

namespace VirtualView.Engine;

/// <summary>One view, from the restored snapshot to the last release. The door to this room.</summary>
public sealed class ViewEngine : IAsyncDisposable
{
    private readonly WorkSet _work;
    private readonly SnapshotKeeper _keeper;
    private readonly SnapshotRecorder? _recorder;
    private readonly SnapshotSaver _saver;
    private readonly NodeTable _nodes;
    private readonly DirectoryLister _lister;
    private readonly LivePolls _polls;
    private readonly PaceTable _paces;
    private readonly Poller _poller;
    private readonly ImmutableArray<MappingPoller> _mappingPollers;
    private readonly StatusReport _status;
    private readonly PastExplanation _past;
    private readonly MergedPaths _paths;
    private readonly Explanations _explanations;
    private readonly PinnedPaths _pins;
    private readonly SourceProbe _probe;
    private readonly ViewOverlay? _overlay;
    private readonly UnlistedBases? _bases;
    private readonly ImmutableArray<string> _losses;
    private readonly ILogger _logger;

    private ViewEngine(EngineOptions options, EngineRooms rooms, Snapshot? restored, HistoryImage history, OverlayImage local)
    {
        _losses = local.Losses;
        var clock = rooms.Clock;
        _logger = rooms.Logs.CreateLogger("VirtualView.Engine");
        _work = new WorkSet(_logger);
        var mappings = new MappingTable(options.Mappings);
        var start = StartingSnapshot.Of(restored, new RestoredSnapshot(mappings), history, clock);
        _keeper = new SnapshotKeeper(start.Snapshot, clock, rooms.History is null ? null : new SnapshotRuns(start.FirstOfRun));
        _recorder = rooms.History is null
            ? null
            : new SnapshotRecorder(rooms.History, _keeper, history, start.IsRecorded ? restored : null, options.Keep, clock, _logger);
        _saver = new SnapshotSaver(rooms.State, _recorder, _keeper, restored, clock, _logger);
        _nodes = new NodeTable(_keeper);

        var sources = new SourceTable(rooms.Sources, options, clock, _logger);
        _polls = new LivePolls(options.Polls);
        _paces = new PaceTable(mappings, options, clock);
        var guard = new DeletionGuard(_keeper, mappings, sources, clock, _logger);
        _lister = new DirectoryLister(_keeper, mappings, sources, new AbsenceCheck(), guard, _paces, _work, clock, _logger);
        _poller = new Poller(_keeper, _lister, guard, _polls, clock);
        _mappingPollers = [.. options.Mappings.Select(mapping => new MappingPoller(mapping, mappings, sources, _keeper, _poller, guard, _paces, _polls, clock))];
        var resolver = new FileResolver(_keeper, mappings, sources, guard, clock);

        var (counters, ledger) = (new EngineCounters(), new TransferLedger());
        var pinned = new PinnedVersions(rooms.Blocks, ledger);
        var holders = new PinHolders(rooms.Blocks);
        var notes = new VersionNotes(_keeper, _saver, resolver, _work);
        var runner = new RequestRunner(new ReplicaSelector(sources), pinned, counters, _work, notes, options.FetchTimeout, clock, _logger);
        var blocks = new BlockReader(runner, pinned, _work, options.MaxRequestBytes, 2 * options.FetchTimeout, clock);
        var shared = new SharedParts(options, mappings, sources, rooms.Blocks, pinned, holders, blocks, counters, clock, _logger);

        var revalidation = new Revalidation(_lister, resolver, _paces, _work, _polls, options.FetchTimeout, clock);
        var origin = new LiveOrigin(_keeper, _lister, resolver, new NamesAhead(_keeper, resolver, _work, clock), revalidation);
        var live = ViewParts.Over(_keeper, _nodes, origin, shared, rooms.Observer);
        _overlay = rooms.Overlay is null ? null : new ViewOverlay(rooms.Overlay, local, live, shared);
        _bases = _overlay?.BasesBy(_lister, _polls);
        _keeper.Locked = new LockedFiles(live.Handles, path => _work.TryStart("ask for a file that was locked", async stop => await resolver.ResolveAsync(path, stop)))
        {
            IsLocal = node => _overlay?.IsLocal(node) == true,
        };
        Snapshots = new ViewSnapshots(rooms.History, _recorder, _keeper, shared);
        var shown = _overlay?.FileSystem ?? (IViewFileSystem)live.Files;
        var trees = new SnapshotTrees(Snapshots, _work, () => Notifier, clock);
        Snapshots.Dropped += trees.Changed;
        var past = rooms.History is null ? null : new SnapshotsFileSystem(trees, Snapshots, live.Files);
        FileSystem = VirtualFileSystem.Over(shown, rooms.VirtualFiles, past, clock);
        _status = new StatusReport(options.ViewName, _keeper, sources, rooms.Blocks, live.Handles, _nodes, pinned, ledger, counters, guard);
        _paths = _overlay?.Paths ?? new MergedPaths(tree: null, _keeper);
        _explanations = new Explanations(_paths, _status, _overlay?.Changes);
        _past = new PastExplanation(Snapshots, _keeper, _status, sources);
        _probe = new SourceProbe(sources, _keeper, clock, _logger);
        _pins = new PinnedPaths(_keeper, holders);
        var prefetcher = new Prefetcher(pinned, blocks, rooms.Blocks, options.MaxRequestBytes, options.MaxBytesInFlight, clock);
        Cache = new ViewCache(
            new PathSelector(_paths, _keeper, _lister, resolver), prefetcher, _pins, holders, new CacheScrub(rooms.Blocks, _keeper, prefetcher), rooms.Blocks, rooms.State, clock);
        _keeper.Published += OnPublished;
        if (_overlay is not null) _overlay.Dissolved += OnDissolved;
    }

    public IViewFileSystem FileSystem { get; }

    /// <summary>Prefetch, pins, eviction and verification.</summary>
    public ViewCache Cache { get; }

    /// <summary>The view as it was, by number or name.</summary>
    public ViewSnapshots Snapshots { get; }

    /// <summary>What was written and is not at the sources; null for a view that cannot be written.</summary>
    public LocalChanges? LocalChanges => _overlay?.Changes;

    /// <summary>
    /// Takes away what is local at a path and below: what the sources have shows again. <see cref="FileSystemError.NotFound"/>
    /// when nothing is.
    /// </summary>
    public FileSystemError Discard(VirtualPath path)
    {
        if (_overlay is not { IsReadOnly: false }) return FileSystemError.ReadOnly;
        var discarded = _overlay.Changes.Discard(path);
        if (!discarded.TryGet(out var changed)) return discarded.Error;
        foreach (var (directory, name) in changed) Notifier?.EntryChanged(directory, name);
        return FileSystemError.None;
    }

    /// <summary>Null until a kernel is attached.</summary>
    public IKernelNotifier? Notifier { get; set; }

    /// <summary>Null until a kernel is attached.</summary>
    public IFileLocks? Locks
    {
        set => _keeper.Locked!.Locks = value;
    }

    public Snapshot Current => _keeper.Current;

    /// <summary>Restores the last snapshot and starts to poll. Needs no source to answer.</summary>
    public static async ValueTask<ViewEngine> OpenAsync(EngineOptions options, EngineRooms rooms, CancellationToken cancel)
    {
        var local = rooms.Overlay is null ? OverlayImage.Empty : await rooms.Overlay.Journal.LoadAsync(cancel);
        if (rooms.Overlay is { IsReadOnly: true } && local.Entries.IsEmpty) (rooms, local) = (rooms with { Overlay = null }, OverlayImage.Empty);
        var restored = await rooms.State.LoadSnapshotAsync(cancel);
        var history = rooms.History is null ? HistoryImage.Empty : await LoadAsync(rooms.History, rooms.Logs, cancel);
        var engine = new ViewEngine(options, rooms, restored, history, local);
        if (rooms.Overlay is not null) ViewOverlay.Sweep(rooms.Overlay, local, engine._logger);
        await engine.Cache.RestoreAsync(cancel);
        await engine.Snapshots.RestoreAsync(cancel);
        engine._work.TryStart("save snapshots", engine._saver.RunAsync);
        if (engine._overlay is { IsReadOnly: false } overlay) engine._work.TryStart("take back what is unchanged", overlay.TakeBackUnchangedAsync);
        if (engine._bases is { } bases) engine._work.TryStart("list what local names lie over", bases.ListAsync);
        engine.UseKeeping(options.Keep);
        foreach (var poller in engine._mappingPollers)
            engine._work.TryStart("poll", poller.RunAsync);
        return engine;
    }

    /// <summary>Asks every source now for its root, and for a part of a small file that it is known to have.</summary>
    public async ValueTask<ImmutableArray<ProbeResult>> ProbeAsync(CancellationToken cancel) => await _probe.RunAsync(cancel);

    /// <summary>Follows the sources by other options from now on.</summary>
    public void UsePolls(PollOptions options)
    {
        _paces.Use(options);
        _polls.Use(options);
    }

    /// <summary>Keeps snapshots by other options from now on.</summary>
    public void UseKeeping(KeepOptions options)
    {
        if (_recorder is null) return;
        _recorder.Use(options);
        _work.TryStart("let go of old snapshots", stop => _recorder.PruneAsync(stop).AsTask());
    }

    public ViewStatus Status() => _status.Status() with { Polls = _poller.Rounds, LastPollMilliseconds = _poller.LastDuration?.TotalMilliseconds, LocalChanges = LocalChanges?.Count(), LocalLosses = _losses };

    /// <summary>Lists the directories on the way that nobody has looked into.</summary>
    public async ValueTask<Outcome<Explanation>> ExplainAsync(VirtualPath path, CancellationToken cancel)
    {
        if (PastPath.TryParse(path, out var past)) return await _past.ExplainAsync(past, cancel);
        for (var depth = 0; depth < path.Names.Length; depth++)
        {
            if (_paths.PlaceOf(VirtualPath.Of(path.Names.Take(depth))).Source is not { } above) continue;
            if (_keeper.Current.Find(above) is not DirectoryNode { IsListed: false }) continue;
            var error = await _lister.ListAsync(above, cancel);
            if (error != FileSystemError.None) return error;
        }

        return _explanations.Explain(path);
    }

    /// <summary>Polls every directory that is known or that local names lie in, now, and returns when the snapshot that follows is published.</summary>
    /// <param name="acceptDeletions">
    /// True: what is missing is gone, however much it is. What a source cannot be asked for stays, and so does all of a
    /// source whose root lists nothing since a moment ago: only what was reported as held back can have been meant.
    /// </param>
    public async ValueTask<PollReport> PollAsync(bool acceptDeletions, CancellationToken cancel)
    {
        if (_bases is not null) await _bases.ListAsync(cancel);
        return await _poller.PollAsync(acceptDeletions, cancel);
    }

    /// <summary>The same, accepting nothing that is held back.</summary>
    public async ValueTask PollAsync(CancellationToken cancel) => await PollAsync(acceptDeletions: false, cancel);

    /// <summary>Stops polling and fetching, saves the snapshot. Reads that wait end with <c>Interrupted</c>.</summary>
    public async ValueTask DisposeAsync()
    {
        _keeper.Published -= OnPublished;
        await _work.DisposeAsync();
        await _saver.SaveAsync(CancellationToken.None);
        _recorder?.Dispose();
    }

    /// <summary>Whatever is wrong with it, the view is opened.</summary>
    private static async ValueTask<HistoryImage> LoadAsync(ISnapshotHistory history, ILoggerFactory logs, CancellationToken cancel)
    {
        try
        {
            return await history.LoadAsync(cancel);
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            EngineLog.RecordFailed(logs.CreateLogger<ViewEngine>(), cause);
            return HistoryImage.Empty;
        }
    }

    private void OnDissolved(NodeId directory, PathName name, Node? node)
    {
        if (node is not null) Notifier?.NodeChanged(node.Id);
        // The sources changed while it was open to be written, or it was known as a local file only: the name leads elsewhere now.
        if (node is not { IsSuperseded: false }) Notifier?.EntryChanged(directory, name);
    }

    private void OnPublished(VirtualPath path, SnapshotNode before, SnapshotNode? after)
    {
        _saver.Changed();
        _pins.Published(path, before, after);
        var changes = 0;
        var touched = new HashSet<NodeId>();
        foreach (var change in EntryChanges.Of(path, before, after))
        {
            changes++;
            // A first listing changes nothing that a kernel could remember.
            if (change.Kind == ChangeKind.Unknown) continue;
            // Nor does the answer for a name: no kernel is told of a file before its version is known.
            if (change is { Before: FileNode { HasVersion: false }, After: FileNode }) continue;
            var directory = _nodes.Refresh(change.Path);
            // Only a directory stays the same node; the pages of a file that was opened before stay as they are.
            if (change.After is DirectoryNode && _nodes.FindDirectory(change.Path) is { } changed) touched.Add(changed.Id);
            if (directory is null) continue;
            var known = _overlay?.KernelIdOf(directory) ?? directory.Id;
            touched.Add(known);
            Notifier?.EntryChanged(known, change.Path.Name);
        }

        foreach (var node in touched)
            Notifier?.NodeChanged(node);
        EngineLog.Published(_logger, path, changes);
    }
}
