using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Engine.Mappings;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.Polling;

/// <summary>
/// Asks the sources for one file: where a listing gave only its name, or where its version was seen racy and may have
/// aged by now.
/// </summary>
internal sealed class FileResolver(SnapshotKeeper keeper, MappingTable mappings, SourceTable sources, TimeSpan deadline, TimeProvider clock)
{
    public static bool NeedsResolving(SnapshotNode? node) =>
        node is FileNode file && (file.Version is null || IsRacy(file.Version));

    public static bool IsRacy(FileVersion version) => version.Replicas[0].Validator.Strength == ValidatorStrength.Racy;

    /// <summary>
    /// Puts what the first source that has the file says into the snapshot. A file that no source has goes; one that
    /// nobody can be asked for stays as it was.
    /// </summary>
    public async ValueTask<FileSystemError> ResolveAsync(VirtualPath path, CancellationToken cancel)
    {
        // One source after the other may be silent for a whole time-out each; the caller waits for all of them together.
        using var late = new CancellationTokenSource(deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            return await AskInTurnAsync(path, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return FileSystemError.TimedOut;
        }
    }

    private async ValueTask<FileSystemError> AskInTurnAsync(VirtualPath path, CancellationToken cancel)
    {
        if (mappings.Covering(path) is not { } mapping) return FileSystemError.NotFound;
        var below = path.RelativeTo(mapping.At);
        SourceError? failure = null;
        foreach (var source in mapping.Sources.Select(sources.Find).OfType<MeteredSource>())
        {
            var stat = await source.StatAsync(below, cancel);
            if (stat.Error is { } error)
            {
                if (error.Kind != SourceErrorKind.NotFound) failure ??= error;
                continue;
            }

            if (stat.Value.Validator is { } validator) Publish(path, new Replica(source.Id, below, validator));
            return stat.Value.Validator is null ? FileSystemError.Stale : FileSystemError.None;
        }

        if (failure is not null) return SourceFailure.ToFileSystemError(failure.Kind);
        keeper.Update(path, node => NeedsResolving(node) ? null : node);
        return FileSystemError.NotFound;
    }

    private void Publish(VirtualPath path, Replica replica)
    {
        var now = UnixTime.From(clock.GetUtcNow());
        keeper.Update(path, node => node is FileNode before ? Versions.Next(before, path.Name, [replica], now) : node);
    }
}
