using Microsoft.Extensions.Logging;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.Polling;

/// <summary>
/// Makes sure that what a listing lacks is really gone: by a stat of each missing entry, or by a second listing where
/// many are missing. Whatever cannot be confirmed makes the listing count for nothing.
/// </summary>
internal sealed class AbsenceCheck(ILogger logger)
{
    /// <summary>Up to so many missing entries are asked for one by one.</summary>
    private const int MostStats = 16;

    public async ValueTask<SourceListing> ConfirmAsync(
        MeteredSource source, VirtualPath at, IReadOnlyList<SourceEntry> entries, DirectoryNode previous, CancellationToken cancel)
    {
        var missing = Missing(source, entries, previous);
        if (missing.Count == 0) return new SourceListing(source, entries, null);
        if (at.IsRoot && entries.Count == 0) return Distrust(source);
        return missing.Count <= MostStats
            ? await ByStatsAsync(source, at, entries, missing, cancel)
            : await BySecondListingAsync(source, at, entries, cancel);
    }

    /// <summary>
    /// For a source that has no such directory any more. An export that is not mounted has none at all, so its root is
    /// looked at first.
    /// </summary>
    public async ValueTask<SourceListing> ConfirmGoneAsync(MeteredSource source, DirectoryNode previous, SourceError notFound, CancellationToken cancel)
    {
        if (!previous.Children.Any(child => MayBeOf(source, child))) return new SourceListing(source, null, notFound);
        var root = await source.ListAsync(VirtualPath.Root, cancel);
        if (root.Error is { } error && error.Kind != SourceErrorKind.NotFound) return new SourceListing(source, null, error);
        return root.IsOk && root.Value.Count > 0 ? new SourceListing(source, null, notFound) : Distrust(source);
    }

    private static List<PathName> Missing(MeteredSource source, IReadOnlyList<SourceEntry> entries, DirectoryNode previous)
    {
        var listed = entries.Select(entry => entry.Name).ToHashSet();
        return [.. previous.Children.Where(child => MayBeOf(source, child) && !listed.Contains(child.Name)).Select(child => child.Name)];
    }

    private static bool MayBeOf(MeteredSource source, SnapshotNode child) =>
        child is not FileNode { Version: { } version } || version.Replicas.Any(replica => replica.Source == source.Id);

    private static async ValueTask<SourceListing> ByStatsAsync(
        MeteredSource source, VirtualPath at, IReadOnlyList<SourceEntry> entries, List<PathName> missing, CancellationToken cancel)
    {
        var found = new List<SourceEntry>(entries);
        foreach (var name in missing)
        {
            var stat = await source.StatAsync(at / name, cancel);
            if (stat.IsOk) found.Add(stat.Value);
            else if (stat.Error.Kind != SourceErrorKind.NotFound) return new SourceListing(source, null, stat.Error);
        }

        return new SourceListing(source, found, null);
    }

    private static async ValueTask<SourceListing> BySecondListingAsync(
        MeteredSource source, VirtualPath at, IReadOnlyList<SourceEntry> entries, CancellationToken cancel)
    {
        var second = await source.ListAsync(at, cancel);
        if (second.Error is { } error) return new SourceListing(source, null, error);
        var listed = second.Value.Select(entry => entry.Name).ToHashSet();
        return new SourceListing(source, [.. second.Value, .. entries.Where(entry => !listed.Contains(entry.Name))], null);
    }

    private SourceListing Distrust(MeteredSource source)
    {
        EngineLog.EmptyRootDistrusted(logger, source.Name);
        const string why = "its root lists nothing, where there was something before: not believed, look whether its export is mounted";
        source.Meter.Distrusted(why);
        return new SourceListing(source, null, new SourceError(SourceErrorKind.Invalid, why));
    }
}
