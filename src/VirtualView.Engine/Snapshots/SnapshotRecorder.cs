using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;
using VirtualView.Core.Units;
using VirtualView.Engine.Options;

namespace VirtualView.Engine.Snapshots;

/// <summary>
/// Keeps the list of snapshots that can be opened: records what was published, gives names, and lets go of what is too old
/// and not open. One call writes at a time; the list is replaced whole.
/// </summary>
internal sealed class SnapshotRecorder : IDisposable
{
    private readonly ISnapshotHistory _history;
    private readonly SnapshotKeeper _keeper;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Lock _gate = new();
    private readonly Dictionary<long, int> _open = []; // guarded by _gate

    private volatile HistoryImage _image;
    private volatile KeepOptions _options;
    private Snapshot? _previous; // what was recorded last; guarded by _one, as what is below
    private bool _isFailing;

    /// <param name="recorded">The tree of the newest record, where it is at hand: then only what differs from it is written.</param>
    public SnapshotRecorder(
        ISnapshotHistory history, SnapshotKeeper keeper, HistoryImage image, Snapshot? recorded, KeepOptions options, TimeProvider clock, ILogger logger) =>
        (_history, _keeper, _image, _previous, _options, _clock, _logger) = (history, keeper, image, recorded, options, clock, logger);

    public ImmutableArray<SnapshotRecord> Records => _image.Records;

    public void Use(KeepOptions options) => _options = options;

    /// <summary>Records what was published since the last time. A failure is logged, and the next change tries again.</summary>
    public async ValueTask RecordAsync(CancellationToken cancel) => await AloneAsync(() => ValueTask.FromResult(FileSystemError.None), cancel);

    /// <summary>Lets go of what is too old by the options of now.</summary>
    public async ValueTask PruneAsync(CancellationToken cancel) => await AloneAsync(() => PruneLockedAsync(cancel), cancel);

    /// <summary>
    /// The record of a number or name, which stays until <see cref="LetGo"/>. <see cref="FileSystemError.NotFound"/> where
    /// there is none.
    /// </summary>
    public async ValueTask<Outcome<SnapshotRecord>> HoldAsync(string idOrName, CancellationToken cancel)
    {
        SnapshotRecord? found = null;
        var error = await AloneAsync(
            () =>
            {
                found = Find(idOrName);
                if (found is null) return ValueTask.FromResult(FileSystemError.NotFound);
                lock (_gate)
                    _open[found.Number] = _open.GetValueOrDefault(found.Number) + 1;
                return ValueTask.FromResult(FileSystemError.None);
            },
            cancel);
        return error == FileSystemError.None ? found! : error;
    }

    public void LetGo(SnapshotRecord held)
    {
        lock (_gate)
        {
            if (--_open[held.Number] == 0) _open.Remove(held.Number);
        }
    }

    /// <summary>
    /// Gives a name to a snapshot. <see cref="FileSystemError.InvalidArgument"/> for what can be no name,
    /// <see cref="FileSystemError.Exists"/> where the name, or the snapshot, has another.
    /// </summary>
    public async ValueTask<Outcome<SnapshotRecord>> KeepAsync(string idOrName, string name, CancellationToken cancel)
    {
        if (!TryName(name, out var given)) return FileSystemError.InvalidArgument;
        SnapshotRecord? kept = null;
        var error = await AloneAsync(
            async () =>
            {
                kept = Find(idOrName);
                if (kept is null) return FileSystemError.NotFound;
                if (kept.Name == given) return FileSystemError.None;
                if (kept.Name is not null || _image.Records.Any(record => record.Name == given)) return FileSystemError.Exists;
                kept = kept with { Name = given };
                _image = await _history.NameAsync(kept, cancel);
                return FileSystemError.None;
            },
            cancel);
        return error == FileSystemError.None ? kept! : error;
    }

    /// <summary>Takes the name away: from now on the snapshot goes by count and age.</summary>
    public async ValueTask<Outcome<SnapshotRecord>> DropAsync(string name, CancellationToken cancel)
    {
        SnapshotRecord? dropped = null;
        var error = await AloneAsync(
            async () =>
            {
                dropped = TryName(name, out var given) ? _image.Records.FirstOrDefault(record => record.Name == given) : null;
                if (dropped is null) return FileSystemError.NotFound;
                dropped = dropped with { Name = null };
                _image = await _history.NameAsync(dropped, cancel);
                return await PruneLockedAsync(cancel);
            },
            cancel);
        return error == FileSystemError.None ? dropped! : error;
    }

    /// <summary>A component of a path that no number can be.</summary>
    public static bool TryName(string text, out PathName name) =>
        PathName.TryCreate(System.Text.Encoding.UTF8.GetBytes(text), out name) && !text.All(char.IsAsciiDigit);

    public void Dispose() => _one.Dispose();

    /// <summary>The record of a number or name among those that are recorded by now.</summary>
    public SnapshotRecord? Find(string idOrName) =>
        long.TryParse(idOrName, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? _image.Records.FirstOrDefault(record => record.First <= number && number <= record.Number)
            : TryName(idOrName, out var name) ? _image.Records.FirstOrDefault(record => record.Name == name) : null;

    private async ValueTask<FileSystemError> PruneLockedAsync(CancellationToken cancel)
    {
        var old = TooOld(_image.Records);
        if (!old.IsEmpty) _image = await _history.RemoveAsync(old, cancel);
        return FileSystemError.None;
    }

    /// <summary>While nobody else writes, and after what was published is recorded, if it can be.</summary>
    private async ValueTask<FileSystemError> AloneAsync(Func<ValueTask<FileSystemError>> work, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            await TryAsync(() => RecordLockedAsync(cancel));
            return await TryAsync(work);
        }
        finally
        {
            _one.Release();
        }
    }

    private async ValueTask<FileSystemError> TryAsync(Func<ValueTask<FileSystemError>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            if (!_isFailing) EngineLog.RecordFailed(_logger, cause);
            _isFailing = true;
            return FileSystemError.Internal;
        }
    }

    private async ValueTask<FileSystemError> RecordLockedAsync(CancellationToken cancel)
    {
        foreach (var run in _keeper.TakeRuns())
        {
            if (run.Last.Number > _image.Greatest) await RecordAsync(run, cancel);
        }

        return FileSystemError.None;
    }

    private async ValueTask RecordAsync(PublishedRun run, CancellationToken cancel)
    {
        var newest = _image.Records.IsEmpty ? null : _image.Records[^1];
        var isSameRun = newest is not null && run.First <= newest.Number;
        // It knew less of the same. What has a name, or is open, stays what it was.
        var isReplaced = isSameRun && newest!.Name is null && !IsOpen(newest);
        var first = !isSameRun ? run.First : isReplaced ? newest!.First : newest!.Number + 1;
        var record = new SnapshotRecord(run.Last.Number, first, run.Last.TakenAt);
        var kept = isReplaced ? _image.Records.RemoveAt(_image.Records.Length - 1) : _image.Records;
        ImmutableArray<long> removed = [.. isReplaced ? [newest!.Number] : Array.Empty<long>(), .. TooOld(kept.Add(record))];
        _image = await _history.RecordAsync(record, run.Last.Root, _previous, removed, cancel);
        _previous = run.Last;
        _isFailing = false;
    }

    /// <summary>The newest never is: it is what the view shows, and what the next one is compared with.</summary>
    private ImmutableArray<long> TooOld(ImmutableArray<SnapshotRecord> records)
    {
        var (options, now) = (_options, UnixTime.From(_clock.GetUtcNow()));
        var old = ImmutableArray.CreateBuilder<long>();
        var younger = 0;
        for (var at = records.Length - 1; at >= 0; at--)
        {
            if (records[at].Name is not null) continue;
            younger++;
            // A snapshot grows old from when something took its place.
            var isLate = at < records.Length - 1 && now - records[at + 1].TakenAt > options.For;
            if (at < records.Length - 1 && (younger > options.Count || isLate) && !IsOpen(records[at])) old.Add(records[at].Number);
        }

        return old.ToImmutable();
    }

    private bool IsOpen(SnapshotRecord record)
    {
        lock (_gate)
            return _open.ContainsKey(record.Number);
    }
}
