using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Engine.Mappings;
using VirtualView.Engine.Options;
using VirtualView.Engine.Polling.Deletions;
using VirtualView.Engine.Polling.Pacing;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.Polling;

/// <summary>Lists a directory of the view over its sources and puts what changed into the snapshot.</summary>
internal sealed class DirectoryLister(
    SnapshotKeeper keeper, MappingTable mappings, SourceTable sources, AbsenceCheck absence, DeletionGuard guard, PaceTable paces, WorkSet work, TimeProvider clock, ILogger logger)
{
    /// <summary>Stats that follow one listing of names alone.</summary>
    private const int StatsAtOnce = 8;

    /// <summary>A listing takes some hundred bytes an entry until it is merged: of the large ones, two at once.</summary>
    private const int LargeEntries = 20_000;

    private readonly Budget _large = new(2);
    private readonly Lock _gate = new();
    private readonly Dictionary<VirtualPath, Task<FileSystemError>> _running = []; // guarded by _gate

    /// <summary>
    /// Lists the directory now, or joins a listing that is under way. The listing belongs to no caller: a cancelled one
    /// only stops waiting.
    /// </summary>
    public async ValueTask<FileSystemError> ListAsync(VirtualPath path, CancellationToken cancel)
    {
        var (running, _) = Start(path, DeletionMode.Decide);
        return running is null ? FileSystemError.Interrupted : await running.WithinAsync(cancel);
    }

    /// <summary>The same by a listing that begins after this call: one under way may have missed what the caller knows of.</summary>
    public async ValueTask<FileSystemError> ListAnewAsync(VirtualPath path, DeletionMode deletions, CancellationToken cancel)
    {
        while (true)
        {
            var (running, isMine) = Start(path, deletions);
            if (running is null) return FileSystemError.Interrupted;
            var result = await running.WithinAsync(cancel);
            if (isMine) return result;
        }
    }

    private (Task<FileSystemError>? Running, bool IsMine) Start(VirtualPath path, DeletionMode deletions)
    {
        lock (_gate)
        {
            if (_running.TryGetValue(path, out var running)) return (running, false);
            var finished = new TaskCompletionSource<FileSystemError>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!work.TryStart("list a directory", stop => RunAsync(path, deletions, finished, stop))) return (null, true);
            _running.Add(path, finished.Task);
            return (finished.Task, true);
        }
    }

    private async Task RunAsync(VirtualPath path, DeletionMode deletions, TaskCompletionSource<FileSystemError> finished, CancellationToken stop)
    {
        var result = FileSystemError.Internal;
        try
        {
            var beganAt = clock.GetUtcNow();
            (result, var isHot) = await ListInTurnAsync(path, deletions, stop);
            paces.For(path)?.Asked(path, beganAt, isHot);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            result = FileSystemError.Interrupted;
        }
        finally
        {
            lock (_gate)
                _running.Remove(path);
            finished.SetResult(result);
        }
    }

    /// <summary>Whoever looks into a directory for the first time never waits here: its size is not known yet.</summary>
    private async ValueTask<(FileSystemError Error, bool IsHot)> ListInTurnAsync(VirtualPath path, DeletionMode deletions, CancellationToken stop)
    {
        if (keeper.Current.Find(path) is not DirectoryNode { Children.Length: > LargeEntries }) return await ListOnceAsync(path, deletions, stop);
        await _large.TakeAsync(1, stop);
        try
        {
            return await ListOnceAsync(path, deletions, stop);
        }
        finally
        {
            _large.Return(1);
        }
    }

    private async ValueTask<(FileSystemError Error, bool IsHot)> ListOnceAsync(VirtualPath path, DeletionMode deletions, CancellationToken stop)
    {
        if (keeper.Current.Find(path) is not DirectoryNode previous) return (FileSystemError.NotFound, false);
        var directory = mappings.Directory(path);
        var asked = (directory.Mapping?.Sources ?? []).Select(sources.Find).OfType<MeteredSource>().ToList();
        var answers = await Task.WhenAll(asked.Select(source => AskAsync(source, path, directory, previous, stop)));
        if (answers.Length > 0 && answers.All(answer => answer.IsSkipped)) return (FileSystemError.None, false);
        var believed = new ListingTrust(path, directory, previous, answers, deletions, absence, guard);
        var listings = await Task.WhenAll(asked.Select((source, at) => believed.ConfirmAsync(source, answers[at], stop)));
        var error = Verdict(listings, directory);
        if (error != FileSystemError.None) return (error, believed.HasDoubts);
        var merge = new DirectoryMerge(directory, [.. listings], UnixTime.From(clock.GetUtcNow()));
        var hasChanged = keeper.Update(path, node => node is DirectoryNode current ? merge.Into(current) : node);
        believed.Applied();
        return (FileSystemError.None, hasChanged || believed.HasDoubts || keeper.Locked?.IsAwaitedIn(path) == true);
    }

    private async Task<SourceListing> AskAsync(
        MeteredSource source, VirtualPath path, MappedDirectory directory, DirectoryNode previous, CancellationToken stop)
    {
        if (previous.IsListed && guard.Lacks(source.Id, path))
            return new SourceListing(source.Id, null, new SourceError(SourceErrorKind.Invalid, "it lacks the directory, which is held back")) { IsSkipped = true };
        var outcome = await source.ListAsync(directory.PathAtSource, stop);
        if (outcome.Error is not { } error)
            return new SourceListing(source.Id, await StatsOf(source, directory.PathAtSource, outcome.Value, previous, stop), null);
        if (error.Kind != SourceErrorKind.NotFound) EngineLog.ListingFailed(logger, path, source.Name, error);
        return new SourceListing(source.Id, null, error);
    }

    /// <summary>
    /// A listing of names alone does not show that a file changed: those that someone looked at are asked for. A source
    /// that falls silent meanwhile is not asked for the rest: it would cost a time-out each.
    /// </summary>
    private static async ValueTask<IReadOnlyList<SourceEntry>> StatsOf(
        MeteredSource source, VirtualPath at, IReadOnlyList<SourceEntry> entries, DirectoryNode previous, CancellationToken stop)
    {
        if (!entries.Any(IsUnresolvedButKnown)) return entries;
        var places = new Budget(StatsAtOnce);
        var isSilent = false;
        return await Task.WhenAll(entries.Select(ResolveAsync));

        async Task<SourceEntry> ResolveAsync(SourceEntry entry)
        {
            if (!IsUnresolvedButKnown(entry)) return entry;
            await places.TakeAsync(1, stop);
            try
            {
                if (isSilent) return entry;
                var stat = await source.StatAsync(at / entry.Name, stop);
                isSilent |= stat.Error?.Kind is SourceErrorKind.Unreachable or SourceErrorKind.TimedOut or SourceErrorKind.Throttled;
                return stat.IsOk && stat.Value.Kind == entry.Kind ? stat.Value with { Name = entry.Name } : entry;
            }
            finally
            {
                places.Return(1);
            }
        }

        bool IsUnresolvedButKnown(SourceEntry entry) =>
            entry is { Kind: EntryKind.File, Validator: null } && previous.Find(entry.Name) is FileNode { HasVersion: true };
    }

    /// <summary>A directory is listed when one source shows it, or when only deeper mappings make it.</summary>
    private static FileSystemError Verdict(SourceListing[] listings, MappedDirectory directory)
    {
        if (listings.Any(listing => listing.Entries is not null) || !directory.MountedBelow.IsEmpty) return FileSystemError.None;
        var worst = listings.Select(listing => listing.Error).FirstOrDefault(error => error?.Kind != SourceErrorKind.NotFound);
        return worst is null ? FileSystemError.NotFound : SourceFailure.ToFileSystemError(worst.Kind);
    }
}
