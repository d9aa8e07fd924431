using System.Collections.Immutable;
using System.Globalization;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;
using VirtualView.Core.Units;
using VirtualView.Engine.FileSystem;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Overlay;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Past;

/// <summary>The snapshots of one view that can be opened.</summary>
public sealed class ViewSnapshots
{
    private readonly ISnapshotHistory? _history;
    private readonly SnapshotRecorder? _recorder;
    private readonly SnapshotKeeper _live;
    private readonly SharedParts _shared;

    private readonly KeptVersions? _kept;

    // One at a time: what is dropped while it is still being walked would be held for ever.
    private readonly Sources.Budget _naming = new(1);

    internal ViewSnapshots(ISnapshotHistory? history, SnapshotRecorder? recorder, SnapshotKeeper live, SharedParts shared)
    {
        (_history, _recorder, _live, _shared) = (history, recorder, live, shared);
        if (history is not null) _kept = new KeptVersions(history, shared.Holders, shared.Logger);
    }

    /// <summary>A name leads nowhere any more.</summary>
    internal event Action<PathName>? Dropped;

    /// <summary>Sorted by number, the newest last, with what the view shows now.</summary>
    public async ValueTask<ImmutableArray<SnapshotInfo>> ListAsync(CancellationToken cancel)
    {
        if (_recorder is null) return [];
        _live.Tell();
        await _recorder.RecordAsync(cancel);
        var records = _recorder.Records;
        return [.. records.Select(record => SnapshotInfo.Of(record, isNewest: record == records[^1]))];
    }

    /// <summary>Waits until whoever was told the number of the current snapshot can open it also after the end of this process.</summary>
    public async ValueTask RecordAsync(CancellationToken cancel)
    {
        if (_recorder is not null) await _recorder.RecordAsync(cancel);
    }

    /// <summary>
    /// Opens a snapshot for as long as the answer is not disposed; every call gives a view of its own.
    /// <see cref="FileSystemError.NotFound"/> where there is none of that number or name.
    /// </summary>
    public ValueTask<Outcome<SnapshotView>> OpenAsync(string idOrName, CancellationToken cancel) => OpenAsync(idOrName, InodeNumber.Root, cancel);

    /// <summary>Lays an overlay over an opened snapshot, which is the session's from then on. Where that fails, it is the caller's still.</summary>
    /// <param name="rooms">Where what is written is kept: with what an earlier session over the same snapshot left there.</param>
    public async ValueTask<SnapshotSession> WriteOverAsync(SnapshotView view, OverlayRooms rooms, CancellationToken cancel)
    {
        var image = await rooms.Journal.LoadAsync(cancel);
        ViewOverlay.Sweep(rooms, image, _shared.Logger);
        return new SnapshotSession(view, new ViewOverlay(rooms, image, view.Parts, _shared));
    }

    /// <summary>Gives a snapshot a name, under which it is kept until the name is dropped.</summary>
    /// <returns>
    /// <see cref="FileSystemError.InvalidArgument"/> for what can be no name, <see cref="FileSystemError.Exists"/> where the
    /// name is another's, or the snapshot has another.
    /// </returns>
    public async ValueTask<Outcome<SnapshotInfo>> KeepAsync(string idOrName, string name, CancellationToken cancel)
    {
        if (_recorder is null) return FileSystemError.NotFound;
        await _naming.TakeAsync(1, cancel);
        try
        {
            var kept = await _recorder.KeepAsync(idOrName, name, cancel);
            if (!kept.TryGet(out var record)) return kept.Error;
            // Not the caller's token: it has its name by now, and half of it would be held.
            await _kept!.HoldAsync(record, CancellationToken.None);
            return Info(record);
        }
        finally
        {
            _naming.Return(1);
        }
    }

    /// <summary>Takes a name away: the snapshot goes by count and age again, and what only it held may be evicted.</summary>
    public async ValueTask<Outcome<SnapshotInfo>> DropAsync(string name, CancellationToken cancel)
    {
        if (_recorder is null) return FileSystemError.NotFound;
        await _naming.TakeAsync(1, cancel);
        try
        {
            var dropped = await _recorder.DropAsync(name, cancel);
            if (!dropped.TryGet(out var record)) return dropped.Error;
            if (SnapshotRecorder.TryName(name, out var given))
            {
                _kept!.LetGo(given);
                Dropped?.Invoke(given);
            }

            return Info(record);
        }
        finally
        {
            _naming.Return(1);
        }
    }

    /// <summary>What differs between two; <see cref="FileSystemError.NotFound"/> where one of them is not there.</summary>
    public async ValueTask<Outcome<SnapshotComparison>> DiffAsync(string from, string to, CancellationToken cancel)
    {
        if (_recorder is null) return FileSystemError.NotFound;
        var before = await _recorder.HoldAsync(from, cancel);
        if (!before.TryGet(out var older)) return before.Error;
        try
        {
            var after = await _recorder.HoldAsync(to, cancel);
            if (!after.TryGet(out var newer)) return after.Error;
            try
            {
                var changes = await new SnapshotComparer(_history!).CompareAsync(older.Number, newer.Number, cancel);
                return changes.TryGet(out var found) ? new SnapshotComparison(older.Number, newer.Number, found) : changes.Error;
            }
            finally
            {
                _recorder.LetGo(newer);
            }
        }
        finally
        {
            _recorder.LetGo(older);
        }
    }

    /// <summary>Holds in the cache what the snapshots with a name show: the store forgets it with the process.</summary>
    internal async ValueTask RestoreAsync(CancellationToken cancel)
    {
        foreach (var record in _recorder?.Records ?? [])
        {
            if (record.Name is not null) await _kept!.HoldAsync(record, cancel);
        }
    }

    /// <summary>When the newest was published; null where there is none.</summary>
    internal UnixTime? NewestAt => _recorder is { Records: [.., var newest] } ? newest.TakenAt : null;

    /// <summary>The number that a number or name leads to; null where there is none.</summary>
    internal async ValueTask<long?> NumberOfAsync(string idOrName, CancellationToken cancel)
    {
        if (_recorder is null) return null;
        if (_recorder.Find(idOrName) is { } known) return known.Number;
        await _recorder.RecordAsync(cancel);
        return _recorder.Find(idOrName)?.Number;
    }

    /// <param name="rootInode">The inode number of the root, of which all others are made.</param>
    internal async ValueTask<Outcome<SnapshotView>> OpenAsync(string idOrName, ulong rootInode, CancellationToken cancel)
    {
        var held = _recorder is null ? FileSystemError.NotFound : await _recorder.HoldAsync(idOrName, cancel);
        if (held.TryGet(out var record)) return await OpenAsync(record, rootInode, cancel);
        // What cannot be recorded can be shown while it is what the view shows.
        var current = _live.Current;
        return long.TryParse(idOrName, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == current.Number
            ? Open(current, null, rootInode, () => { })
            : held.Error;
    }

    private async ValueTask<Outcome<SnapshotView>> OpenAsync(SnapshotRecord record, ulong rootInode, CancellationToken cancel)
    {
        var isOpen = false;
        try
        {
            var root = await _history!.ReadAsync(record.Number, default, cancel);
            if (!root.TryGet(out var directory)) return root.Error;
            isOpen = true;
            return Open(new Snapshot(record.Number, record.TakenAt, directory), _history, rootInode, () => _recorder!.LetGo(record));
        }
        finally
        {
            if (!isOpen) _recorder!.LetGo(record);
        }
    }

    private SnapshotView Open(Snapshot snapshot, ISnapshotHistory? history, ulong rootInode, Action close)
    {
        var keeper = new SnapshotKeeper(snapshot, _shared.Clock);
        var origin = new RecordedOrigin(history, keeper, _live);
        var parts = ViewParts.Over(keeper, new NodeTable(keeper, rootInode), origin, _shared, observer: null);
        return new SnapshotView(snapshot.Number, snapshot.TakenAt, parts, close);
    }

    private SnapshotInfo Info(SnapshotRecord record) =>
        SnapshotInfo.Of(record, isNewest: _recorder!.Records is [.., var newest] && newest.Number == record.Number);
}
