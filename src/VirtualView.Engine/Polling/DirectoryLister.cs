using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Engine.Mappings;
using VirtualView.Engine.Options;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.Polling;

/// <summary>Lists a directory of the view over its sources and puts what changed into the snapshot.</summary>
internal sealed class DirectoryLister(
    SnapshotKeeper keeper, MappingTable mappings, SourceTable sources, AbsenceCheck absence, WorkSet work, TimeProvider clock, ILogger logger)
{
    /// <summary>Stats that follow one listing of names alone.</summary>
    private const int StatsAtOnce = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<VirtualPath, Task<FileSystemError>> _running = []; // guarded by _gate

    /// <summary>
    /// Lists the directory now, or joins a listing that is under way. The listing belongs to no caller: a cancelled one
    /// only stops waiting.
    /// </summary>
    public async ValueTask<FileSystemError> ListAsync(VirtualPath path, CancellationToken cancel)
    {
        Task<FileSystemError>? running;
        lock (_gate)
        {
            if (!_running.TryGetValue(path, out running))
            {
                var finished = new TaskCompletionSource<FileSystemError>(TaskCreationOptions.RunContinuationsAsynchronously);
                running = finished.Task;
                if (!work.TryStart("list a directory", stop => RunAsync(path, finished, stop)))
                    return FileSystemError.Interrupted;
                _running.Add(path, running);
            }
        }

        return await running.WithinAsync(cancel);
    }

    /// <summary>The same by a listing that begins after this call: one under way may have missed what the caller knows of.</summary>
    public async ValueTask<FileSystemError> ListAnewAsync(VirtualPath path, CancellationToken cancel)
    {
        Task<FileSystemError>? running;
        lock (_gate)
            _running.TryGetValue(path, out running);
        if (running is not null) await running.WithinAsync(cancel);
        return await ListAsync(path, cancel);
    }

    private async Task RunAsync(VirtualPath path, TaskCompletionSource<FileSystemError> finished, CancellationToken stop)
    {
        var result = FileSystemError.Internal;
        try
        {
            result = await ListOnceAsync(path, stop);
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

    private async ValueTask<FileSystemError> ListOnceAsync(VirtualPath path, CancellationToken stop)
    {
        if (keeper.Current.Find(path) is not DirectoryNode previous) return FileSystemError.NotFound;
        var directory = mappings.Directory(path);
        var asked = (directory.Mapping?.Sources ?? []).Select(sources.Find).OfType<MeteredSource>();
        var listings = await Task.WhenAll(asked.Select(source => AskAsync(source, path, directory, previous, stop)));
        var error = Verdict(listings, directory);
        if (error != FileSystemError.None) return error;
        var merge = new DirectoryMerge(directory, [.. listings], UnixTime.From(clock.GetUtcNow()));
        keeper.Update(path, node => node is DirectoryNode current ? merge.Into(current) : node);
        return FileSystemError.None;
    }

    private async Task<SourceListing> AskAsync(
        MeteredSource source, VirtualPath path, MappedDirectory directory, DirectoryNode previous, CancellationToken stop)
    {
        var outcome = await source.ListAsync(directory.PathAtSource, stop);
        if (outcome.Error is { } error)
        {
            if (error.Kind == SourceErrorKind.NotFound) return await absence.ConfirmGoneAsync(source, error, previous, stop);
            EngineLog.ListingFailed(logger, path, source.Name, error);
            return new SourceListing(source.Id, null, error);
        }

        var entries = await StatsOf(source, directory.PathAtSource, outcome.Value, previous, stop);
        return await absence.ConfirmAsync(source, path, directory, entries, previous, stop);
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
            entry is { Kind: EntryKind.File, Validator: null } && previous.Find(entry.Name) is FileNode { Version: not null };
    }

    /// <summary>A directory is listed when one source shows it, or when only deeper mappings make it.</summary>
    private static FileSystemError Verdict(SourceListing[] listings, MappedDirectory directory)
    {
        if (listings.Any(listing => listing.Entries is not null) || !directory.MountedBelow.IsEmpty) return FileSystemError.None;
        var worst = listings.Select(listing => listing.Error).FirstOrDefault(error => error?.Kind != SourceErrorKind.NotFound);
        return worst is null ? FileSystemError.NotFound : SourceFailure.ToFileSystemError(worst.Kind);
    }
}
