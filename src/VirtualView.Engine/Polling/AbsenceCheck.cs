using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Engine.Mappings;
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

    // Whose a directory is, no snapshot says. So that a source is asked only once for what another one has: what it
    // lacked at its last listing, by source and directory of the view.
    private readonly ConcurrentDictionary<(SourceId, VirtualPath), ImmutableHashSet<PathName>> _lacking = new();

    public async ValueTask<SourceListing> ConfirmAsync(
        MeteredSource source, VirtualPath path, MappedDirectory directory, IReadOnlyList<SourceEntry> entries, DirectoryNode previous, CancellationToken cancel)
    {
        var listed = entries.Select(entry => entry.Name).ToHashSet();
        var absent = previous.Children.Where(child => !listed.Contains(child.Name) && MayBeOf(source.Id, child) && !directory.MountedBelow.Contains(child.Name)).ToList();
        var lacking = _lacking.GetValueOrDefault((source.Id, path), []);
        var missing = absent.FindAll(child => !lacking.Contains(child.Name));
        var at = directory.PathAtSource;
        if (at.IsRoot && entries.Count == 0 && missing.Exists(child => IsSurelyOf(source.Id, directory, child))) return Distrust(source);
        if (at.IsRoot) source.Meter.Trusted();

        var confirmed = missing.Count == 0 ? new SourceListing(source.Id, entries, null)
            : missing.Count <= MostStats ? await ByStatsAsync(source, at, entries, missing, cancel)
            : await BySecondListingAsync(source, at, entries, cancel);
        if (confirmed.Entries is not null) Remember(source.Id, path, confirmed.Entries, absent);
        return confirmed;
    }

    /// <summary>
    /// Null when the source can be believed that it has none of something: else its export may be unmounted, for then
    /// everything is not found, and its root is empty.
    /// </summary>
    public async ValueTask<SourceError?> DoubtAsync(MeteredSource source, CancellationToken cancel)
    {
        if (source.Meter.IsDistrusted) return Distrust(source).Error;
        var root = await source.ListAsync(VirtualPath.Root, cancel);
        if (root.Error is { } error) return error;
        return root.Value.Count == 0 ? Distrust(source).Error : null;
    }

    /// <summary>The same for a directory that the source says it does not have.</summary>
    public async ValueTask<SourceListing> ConfirmGoneAsync(
        MeteredSource source, SourceError notFound, DirectoryNode previous, CancellationToken cancel)
    {
        var isDoubtful = source.Meter.IsDistrusted || previous.Children.Any(child => child is FileNode { Version: not null } && MayBeOf(source.Id, child));
        var doubt = isDoubtful ? await DoubtAsync(source, cancel) : null;
        return new SourceListing(source.Id, null, doubt ?? notFound);
    }

    private static bool MayBeOf(SourceId source, SnapshotNode child) =>
        child is not FileNode { Version: { } version } || version.Replicas.Any(replica => replica.Source == source);

    private static bool IsSurelyOf(SourceId source, MappedDirectory directory, SnapshotNode child) =>
        directory.Mapping?.Sources.Length == 1 || child switch
        {
            FileNode { Version: not null } => MayBeOf(source, child),
            DirectoryNode below => below.Children.Any(deeper => IsSurelyOf(source, directory, deeper)),
            _ => false,
        };

    private void Remember(SourceId source, VirtualPath path, IReadOnlyList<SourceEntry> entries, List<SnapshotNode> absent)
    {
        var shown = entries.Select(entry => entry.Name).ToHashSet();
        var lacking = absent.Where(child => child is not FileNode { Version: not null } && !shown.Contains(child.Name)).Select(child => child.Name).ToImmutableHashSet();
        if (lacking.IsEmpty) _lacking.TryRemove((source, path), out _);
        else _lacking[(source, path)] = lacking;
    }

    private static async ValueTask<SourceListing> ByStatsAsync(
        MeteredSource source, VirtualPath at, IReadOnlyList<SourceEntry> entries, List<SnapshotNode> missing, CancellationToken cancel)
    {
        var found = new List<SourceEntry>(entries);
        foreach (var child in missing)
        {
            var stat = await source.StatAsync(at / child.Name, cancel);
            if (stat.IsOk) found.Add(stat.Value with { Name = child.Name });
            else if (stat.Error.Kind != SourceErrorKind.NotFound) return new SourceListing(source.Id, null, stat.Error);
        }

        return new SourceListing(source.Id, found, null);
    }

    private static async ValueTask<SourceListing> BySecondListingAsync(
        MeteredSource source, VirtualPath at, IReadOnlyList<SourceEntry> entries, CancellationToken cancel)
    {
        var second = await source.ListAsync(at, cancel);
        if (second.Error is { } error) return new SourceListing(source.Id, null, error);
        var listed = second.Value.Select(entry => entry.Name).ToHashSet();
        return new SourceListing(source.Id, [.. second.Value, .. entries.Where(entry => !listed.Contains(entry.Name))], null);
    }

    private SourceListing Distrust(MeteredSource source)
    {
        const string why = "its root lists nothing, where there was something before: not believed, look whether its export is mounted";
        if (source.Meter.Distrusted(why)) EngineLog.EmptyRootDistrusted(logger, source.Name);
        return new SourceListing(source.Id, null, new SourceError(SourceErrorKind.Invalid, why));
    }
}
