using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Sources.Writing;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Local.Writing;

/// <summary>
/// A folder of this machine as a target. Bytes are synced under a staging name beside the file; one rename shows them.
/// Every directory is opened from the one above it and never through a link, so nothing leads out of the folder.
/// </summary>
public sealed class LocalTarget : IWriteTarget, IDisposable
{
    private const long LargestPut = 1 << 20;

    // Of the process: a lock of the kernel's on a directory would refuse the second of two commits at once.
    private static readonly Lock Turn = new();

    private readonly LocalFolder _folder;
    private readonly LocalTargetOptions _options;
    private readonly SemaphoreSlim _threads;
    private readonly TimeProvider _clock;

    /// <exception cref="ArgumentException">The options are not possible.</exception>
    public LocalTarget(SourceId id, string name, LocalTargetOptions options, TimeProvider clock)
    {
        if (options.Source.Problems().FirstOrDefault() is { } problem) throw new ArgumentException(problem, nameof(options));
        (Id, Name, _options, _clock) = (id, name, options, clock);
        _folder = new LocalFolder(options.Source.Path);
        _threads = new SemaphoreSlim(options.Source.MaxParallelCalls);
    }

    public SourceId Id { get; }

    public string Name { get; }

    public ValueTask<WriteOutcome<TargetAbilities>> ProveAsync(CancellationToken cancel) =>
        RunAsync(() => new ValueTask<WriteOutcome<TargetAbilities>>(Prove()), cancel);

    public ValueTask<WriteOutcome<TargetEntry?>> LookAsync(VirtualPath path, CancellationToken cancel) =>
        RunAsync(() => new ValueTask<WriteOutcome<TargetEntry?>>(Look(path)), cancel);

    public ValueTask<WriteOutcome<StagedUpload>> StageAsync(Upload upload, CancellationToken cancel) => RunAsync(() => StageOnceAsync(upload, cancel), cancel);

    public ValueTask<WriteOutcome<TargetEntry>> CommitAsync(Upload upload, StagedUpload staged, TargetCondition condition, CancellationToken cancel) =>
        RunAsync(() => new ValueTask<WriteOutcome<TargetEntry>>(Commit(upload, staged, condition)), cancel);

    public ValueTask<WriteOutcome<TargetEntry>> PutAsync(Upload upload, TargetCondition condition, CancellationToken cancel) =>
        RunAsync(
            async () =>
            {
                var staged = await StageOnceAsync(upload, cancel).ConfigureAwait(false);
                if (!staged.IsOk) return staged.Error;
                var committed = Commit(upload, staged.Value, condition);
                if (!committed.IsOk) Drop(upload);
                return committed;
            },
            cancel);

    public ValueTask<WriteOutcome<TargetEntry>> MakeDirectoryAsync(VirtualPath path, CancellationToken cancel) =>
        RunAsync(() => new ValueTask<WriteOutcome<TargetEntry>>(MakeDirectory(path)), cancel);

    public ValueTask<WriteOutcome<TargetEntry>> RenameAsync(
        VirtualPath from, Validator? expected, VirtualPath to, TargetCondition condition, CancellationToken cancel) =>
        RunAsync(() => new ValueTask<WriteOutcome<TargetEntry>>(Rename(from, expected, to, condition)), cancel);

    public ValueTask<WriteOutcome<bool>> DeleteAsync(VirtualPath path, Validator? expected, CancellationToken cancel) =>
        RunAsync(() => new ValueTask<WriteOutcome<bool>>(Delete(path, expected)), cancel);

    public ValueTask<WriteOutcome<bool>> DropAsync(Upload upload, CancellationToken cancel) =>
        RunAsync(() => new ValueTask<WriteOutcome<bool>>(Drop(upload)), cancel);

    public ValueTask<WriteOutcome<int>> ClearAsync(VirtualPath directory, WriterId writer, IReadOnlySet<UploadId> alive, CancellationToken cancel) =>
        RunAsync(() => new ValueTask<WriteOutcome<int>>(Clear(directory, writer, alive, cancel)), cancel);

    public void Dispose() => _threads.Dispose();

    private WriteOutcome<TargetAbilities> Prove()
    {
        var opened = Open(VirtualPath.Of(StagingName.Of(default, new UploadId(Guid.NewGuid()))));
        if (!opened.IsOk) return opened.Error;
        using var place = opened.Value;
        return LocalCanary.Prove(place, new TargetAbilities
        {
            Proof = ConditionProof.Exchange,
            TakesDeltas = true,
            KeepsModifiedAt = true,
            ListsHiddenNames = true,
            MostBytesAtOnce = LargestPut,
            MostUploads = _options.Source.MaxParallelCalls,
        });
    }

    private WriteOutcome<TargetEntry?> Look(VirtualPath path)
    {
        if (path.IsRoot) return new TargetEntry(new SourceEntry(path.Name, EntryKind.Directory));
        var opened = Open(path);
        if (!opened.IsOk) return opened.Error.Kind == WriteErrorKind.NotFound ? (TargetEntry?)null : opened.Error;
        using var place = opened.Value;
        var found = place.Look(path.Name);
        if (!found.IsOk) return found.Error;
        return found.Value is { Kind: not null } status ? place.Describe(status, Now()) : (TargetEntry?)null;
    }

    private async ValueTask<WriteOutcome<StagedUpload>> StageOnceAsync(Upload upload, CancellationToken cancel)
    {
        var name = StagingName.Of(upload.Writer, upload.Id);
        var opened = Open(upload.Path);
        if (!opened.IsOk) return opened.Error;
        using var place = opened.Value;
        // Of an earlier attempt: the name holds our writer and this upload, so it is ours.
        if (place.Remove(name) is { Kind: not WriteErrorKind.NotFound } stuck) return stuck;
        var made = place.Open(name, PosixWriting.OpenReadWrite | PosixWriting.OpenCreate | PosixWriting.OpenExclusive, _options.FileMode);
        if (!made.IsOk) return made.Error;
        using var file = made.Value;
        var isStaged = false;
        try
        {
            var written = await new LocalStaging(_folder, file, upload).WriteAsync(cancel).ConfigureAwait(false);
            if (!written.IsOk) return written.Error;
            if (!LocalFolder.TryStat(file, default, out var status)) return LocalWriteErrors.Last("stat of", StagingName.For(upload));
            isStaged = true;
            return new StagedUpload(name.ToString(), status.ToValidator(Now()), written.Value);
        }
        finally
        {
            if (!isStaged) place.Remove(name); // it takes the room that others need
        }
    }

    private WriteOutcome<TargetEntry> Commit(Upload upload, StagedUpload staged, TargetCondition condition)
    {
        var name = StagingName.Of(upload.Writer, upload.Id);
        var opened = Open(upload.Path);
        if (!opened.IsOk) return opened.Error;
        using var place = opened.Value;
        var ours = place.Look(name);
        if (!ours.IsOk) return ours.Error;
        if (ours.Value is not { Kind: EntryKind.File } file) return new WriteError(WriteErrorKind.NotFound, $"{StagingName.For(upload)} is not there any more");
        if (staged.Validator is not { } validator || !validator.Agrees(file.ToValidator(Now())))
            return new WriteError(WriteErrorKind.Invalid, $"{StagingName.For(upload)} is not what was staged");
        if (condition.Version is not null) TakeModeOf(place, name);
        if (new LocalCommit(Turn, Now(), _options.BeforeExchange).Place(place, name, place, condition) is { } error) return error;
        return Shown(place);
    }

    // A file that was readable for a group stays so. The owner only where we may give files away.
    private static void TakeModeOf(LocalPlace place, PathName name)
    {
        if (place.Look(place.Name) is not { IsOk: true, Value: { Kind: EntryKind.File } before }) return;
        var opened = place.Open(name, PosixWriting.OpenReadWrite);
        if (!opened.IsOk) return;
        using var file = opened.Value;
        _ = PosixWriting.SetOwner(file, before.Uid, before.Gid);
        _ = PosixWriting.SetMode(file, (uint)before.Permissions);
    }

    private WriteOutcome<TargetEntry> MakeDirectory(VirtualPath path)
    {
        var opened = Open(path);
        if (!opened.IsOk) return opened.Error;
        using var place = opened.Value;
        if (place.MakeDirectory(_options.DirMode) is not { } error) return Shown(place);
        return error.Kind == WriteErrorKind.Changed && place.Look(path.Name) is { IsOk: true, Value: { Kind: not null } there }
            ? error with { Found = place.Describe(there, Now()) }
            : error;
    }

    private WriteOutcome<TargetEntry> Rename(VirtualPath from, Validator? expected, VirtualPath to, TargetCondition condition)
    {
        var (source, destination) = (Open(from), Open(to));
        using var old = source.IsOk ? source.Value : null;
        using var place = destination.IsOk ? destination.Value : null;
        if (old is null || place is null) return (source.Error ?? destination.Error)!;
        var found = old.Look(from.Name);
        if (!found.IsOk) return found.Error;
        if (found.Value is not { } there) return LocalCommit.NotFound(old);
        if (Objection(old, there, expected) is { } objection) return objection;
        if (new LocalCommit(Turn, Now(), _options.BeforeExchange).Place(old, from.Name, place, condition) is { } error) return error;
        // It may have been replaced between the look and the rename.
        var moved = place.Look(to.Name);
        if (moved is { IsOk: true, Value: { } now } && condition.Version is null && Objection(place, now, expected) is { } late
            && place.Rename(to.Name, old, from.Name, PosixWriting.RenameNoReplace) is null)
            return late;
        return old.Sync() ?? (WriteOutcome<TargetEntry>)Shown(place);
    }

    private WriteError? Objection(LocalPlace place, FileStatus found, Validator? expected)
    {
        if (expected is not { } version)
            return found.Kind == EntryKind.Directory ? null : new WriteError(WriteErrorKind.WrongKind, $"{place.Path} is no directory any more");
        if (found.Kind == EntryKind.Directory) return new WriteError(WriteErrorKind.WrongKind, $"{place.Path} is a directory by now");
        return found.Kind == EntryKind.File && version.Agrees(found.ToValidator(Now()))
            ? null
            : new WriteError(WriteErrorKind.Changed, $"somebody else has changed {place.Path}", Found: found.Kind is null ? null : place.Describe(found, Now()));
    }

    private WriteOutcome<bool> Delete(VirtualPath path, Validator? expected)
    {
        var opened = Open(path);
        if (!opened.IsOk) return opened.Error;
        using var place = opened.Value;
        var aside = StagingName.Of(default, new UploadId(Guid.NewGuid()));
        var error = expected is { } version
            ? new LocalCommit(Turn, Now(), _options.BeforeExchange).Remove(place, aside, version)
            : place.Remove(path.Name, isDirectory: true);
        return (error ?? place.Sync()) is { } failed ? failed : true;
    }

    private WriteOutcome<bool> Drop(Upload upload)
    {
        var opened = Open(upload.Path);
        if (!opened.IsOk) return opened.Error.Kind == WriteErrorKind.NotFound ? false : opened.Error;
        using var place = opened.Value;
        return place.Remove(StagingName.Of(upload.Writer, upload.Id)) switch
        {
            null => true,
            { Kind: WriteErrorKind.NotFound } => false,
            var error => error,
        };
    }

    private WriteOutcome<int> Clear(VirtualPath directory, WriterId writer, IReadOnlySet<UploadId> alive, CancellationToken cancel)
    {
        var opened = _folder.OpenDirectory(directory);
        if (!opened.IsOk) return WriteError.OfLooking(opened.Error);
        using var handle = opened.Value;
        var leftovers = new List<PathName>();
        var listed = new DirectoryLister(handle, directory, Now()) { Staged = leftovers }.List(cancel);
        if (!listed.IsOk) return WriteError.OfLooking(listed.Error);
        var removed = 0;
        foreach (var name in leftovers)
        {
            if (!StagingName.TryParse(name, out var who, out var upload) || who != writer || alive.Contains(upload)) continue;
            var place = Open(directory / name);
            if (!place.IsOk) return place.Error;
            using var dead = place.Value;
            if (dead.Remove(name) is null) removed++;
        }

        return removed;
    }

    private WriteOutcome<TargetEntry> Shown(LocalPlace place)
    {
        if (place.Sync() is { } error) return error;
        var shown = place.Look(place.Name);
        if (!shown.IsOk) return shown.Error;
        return shown.Value is { Kind: not null } status
            ? place.Describe(status, Now())
            : new WriteError(WriteErrorKind.Uncertain, $"{place.Path} was gone the moment after it was shown");
    }

    private WriteOutcome<LocalPlace> Open(VirtualPath path)
    {
        if (path.IsRoot) return new WriteError(WriteErrorKind.WrongKind, "the root of a source cannot be changed itself");
        var directory = _folder.OpenDirectory(path.Parent);
        return directory.IsOk ? new LocalPlace(directory.Value, path) : WriteError.OfLooking(directory.Error);
    }

    // The place is given back when the work has ended, not when its caller stopped waiting.
    private async ValueTask<WriteOutcome<T>> RunAsync<T>(Func<ValueTask<WriteOutcome<T>>> work, CancellationToken cancel)
    {
        await _threads.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => work().AsTask(), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _threads.Release();
        }
    }

    private UnixTime Now() => UnixTime.From(_clock.GetUtcNow());
}
