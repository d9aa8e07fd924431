using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
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
internal sealed class AbsenceCheck
{
    /// <summary>Up to so many missing entries are asked for one by one.</summary>
    private const int MostStats = 16;

    // Whose a directory is, no snapshot says. So that a source is asked only once for what another one has: what it
    // lacked at its last listing, by source and directory of the view.
    private readonly ConcurrentDictionary<(SourceId, VirtualPath), ImmutableHashSet<PathName>> _lacking = new();

    /// <summary>
    /// What a listing of one source lacks that was there, and may have been its own; all of it where its root shows nothing
    /// any more. Whose a link, a directory, or a file known by name alone was, is not recorded: else such are missing only
    /// when nobody else shows them.
    /// </summary>
    public (List<SnapshotNode> Missing, bool IsRootEmpty) Missing(
        MeteredSource source, VirtualPath path, MappedDirectory directory, SourceListing[] listings, DirectoryNode previous)
    {
        if (!previous.IsListed) return ([], false);
        var mine = listings.First(listing => listing.Source == source.Id).Entries ?? [];
        var lacking = _lacking.GetValueOrDefault((source.Id, path), []);
        var absent = Absent(source.Id, directory, mine, previous).FindAll(child => !lacking.Contains(child.Name));
        if (absent.Count == 0) return (absent, false);
        if (directory.PathAtSource.IsRoot && mine.Count == 0 && absent.Exists(child => IsSurelyOf(source.Id, directory, child))) return (absent, true);
        var elsewhere = listings.Where(listing => listing.Source != source.Id).SelectMany(listing => listing.Entries ?? []).Select(entry => entry.Name).ToHashSet();
        return (absent.FindAll(child => child is FileNode { HasVersion: true } || !elsewhere.Contains(child.Name)), false);
    }

    /// <summary>The listing without what is confirmed to be missing; an error where it cannot be confirmed.</summary>
    public async ValueTask<SourceListing> ConfirmAsync(
        MeteredSource source, VirtualPath path, MappedDirectory directory, SourceListing listing, List<SnapshotNode> missing, DirectoryNode previous, CancellationToken cancel)
    {
        var at = directory.PathAtSource;
        var entries = listing.Entries!;
        var confirmed = missing.Count == 0 ? listing
            : missing.Count <= MostStats ? await ByStatsAsync(source, at, entries, missing, cancel)
            : await BySecondListingAsync(source, at, entries, cancel);
        if (confirmed.Entries is not null) Remember(source.Id, path, confirmed.Entries, Absent(source.Id, directory, entries, previous));
        return confirmed;
    }

    /// <summary>
    /// Null when the source can be believed that it has none of something: else its export may be unmounted, for then
    /// everything is not found, and its root is empty.
    /// </summary>
    public static async ValueTask<SourceError?> DoubtAsync(MeteredSource source, CancellationToken cancel)
    {
        if (source.Meter.IsDistrusted) return Distrust(source).Error;
        var root = await source.ListAsync(VirtualPath.Root, cancel);
        if (root.Error is { } error) return error;
        return root.Value.Count == 0 ? Distrust(source).Error : null;
    }

    /// <summary>The same for a directory that the source says it does not have.</summary>
    public static async ValueTask<SourceListing> ConfirmGoneAsync(
        MeteredSource source, VirtualPath at, SourceError notFound, List<SnapshotNode> missing, CancellationToken cancel)
    {
        if (!source.Meter.IsDistrusted && missing.Count == 0) return new SourceListing(source.Id, null, notFound);
        if (await DoubtAsync(source, cancel) is { } doubt) return new SourceListing(source.Id, null, doubt);
        // An export that was away for the first question may be back by now: its root says nothing of the time before.
        var again = await source.ListAsync(at, cancel);
        return new SourceListing(source.Id, null, again.Error ?? new SourceError(SourceErrorKind.Invalid, $"{notFound.Message}, but had it a moment later"));
    }

    private static List<SnapshotNode> Absent(SourceId source, MappedDirectory directory, IReadOnlyList<SourceEntry> entries, DirectoryNode previous)
    {
        if (ShowsAll(entries, previous)) return []; // as nearly always, and then no set of names is made
        var listed = entries.Select(entry => entry.Name).ToHashSet();
        return [.. previous.Children.Where(child => !listed.Contains(child.Name) && MayBeOf(source, child) && !directory.MountedBelow.Contains(child.Name))];
    }

    private static bool ShowsAll(IReadOnlyList<SourceEntry> entries, DirectoryNode previous)
    {
        var seen = new BitArray(previous.Children.Length); // a source may name an entry twice, against its promise
        var found = 0;
        foreach (var entry in entries)
        {
            if (previous.IndexOf(entry.Name) is not (>= 0 and var at) || seen[at]) continue;
            seen[at] = true;
            found++;
        }

        return found == previous.Children.Length;
    }

    private static bool MayBeOf(SourceId source, SnapshotNode child) =>
        child is not FileNode { HasVersion: true } file || file.IsAt(source);

    private static bool IsSurelyOf(SourceId source, MappedDirectory directory, SnapshotNode child) =>
        directory.Mapping?.Sources.Length == 1 || child switch
        {
            FileNode { HasVersion: true } => MayBeOf(source, child),
            DirectoryNode below => below.Children.Any(deeper => IsSurelyOf(source, directory, deeper)),
            _ => false,
        };

    private void Remember(SourceId source, VirtualPath path, IReadOnlyList<SourceEntry> entries, List<SnapshotNode> absent)
    {
        var shown = absent.Count == 0 ? [] : entries.Select(entry => entry.Name).ToHashSet();
        var lacking = absent.Where(child => child is not FileNode { HasVersion: true } && !shown.Contains(child.Name)).Select(child => child.Name).ToImmutableHashSet();
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

    /// <summary>Reported with the source; what is held back of it is told by the guard.</summary>
    public static SourceListing Distrust(MeteredSource source)
    {
        const string why = "its root lists nothing, where there was something before: not believed, look whether its export is mounted";
        source.Meter.Distrusted(why);
        return new SourceListing(source.Id, null, new SourceError(SourceErrorKind.Invalid, why));
    }
}
