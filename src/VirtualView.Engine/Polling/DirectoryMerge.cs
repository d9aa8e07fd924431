using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Engine.Mappings;
using VirtualView.Engine.Options;

namespace VirtualView.Engine.Polling;

/// <summary>
/// Makes the entries of one directory of the view out of what its sources list, in order of precedence. A pure function:
/// what did not change comes out as the very same objects.
/// </summary>
internal sealed class DirectoryMerge(MappedDirectory directory, ImmutableArray<SourceListing> listings, UnixTime now)
{
    private readonly SameRule _same = directory.Mapping?.Same ?? SameRule.Checksum;

    public DirectoryNode Into(DirectoryNode previous)
    {
        var candidates = Gather(previous);
        var children = new List<SnapshotNode>(candidates.Count);
        foreach (var (name, entries) in candidates)
        {
            var before = previous.Find(name);
            children.Add(directory.MountedBelow.Contains(name) ? Directory(name, before, null) : Merge(name, entries, before));
        }

        foreach (var name in directory.MountedBelow.Where(name => !candidates.ContainsKey(name)))
            children.Add(Directory(name, previous.Find(name), null));
        return IsUnchanged(previous, children) ? previous : DirectoryNode.Listed(previous.Name, children, previous.ModifiedAt);
    }

    private static bool IsUnchanged(DirectoryNode previous, List<SnapshotNode> children) =>
        previous.IsListed
        && previous.Children.Length == children.Count
        && children.TrueForAll(child => ReferenceEquals(previous.Find(child.Name), child));

    /// <summary>Who shows what under each name, the preferred first. A source that could not say shows what it had.</summary>
    private Dictionary<PathName, List<Candidate>> Gather(DirectoryNode previous)
    {
        var candidates = new Dictionary<PathName, List<Candidate>>();
        foreach (var listing in listings)
        {
            foreach (var candidate in listing.IsKnown ? Listed(listing) : Kept(listing, previous))
            {
                if (candidates.TryGetValue(candidate.Entry.Name, out var others)) others.Add(candidate);
                else candidates.Add(candidate.Entry.Name, [candidate]);
            }
        }

        return candidates;
    }

    private static IEnumerable<Candidate> Listed(SourceListing listing) =>
        (listing.Entries ?? []).Select(entry => new Candidate(listing.Source.Id, entry));

    private static IEnumerable<Candidate> Kept(SourceListing listing, DirectoryNode previous)
    {
        var source = listing.Source.Id;
        foreach (var child in previous.Children)
        {
            if (child is FileNode { Version: { } version })
            {
                if (version.Replicas.FirstOrDefault(replica => replica.Source == source) is { } replica)
                    yield return new Candidate(source, new SourceEntry(child.Name, EntryKind.File, replica.Validator));
            }
            else
            {
                // Whose it was is not recorded; while one of the sources cannot be asked, it stays.
                yield return new Candidate(source, AsEntry(child));
            }
        }
    }

    private static SourceEntry AsEntry(SnapshotNode node) => node switch
    {
        DirectoryNode known => new SourceEntry(node.Name, EntryKind.Directory, ModifiedAt: known.ModifiedAt),
        SymlinkNode link => new SourceEntry(node.Name, EntryKind.Symlink, ModifiedAt: link.ModifiedAt, Target: link.Target),
        _ => new SourceEntry(node.Name, EntryKind.File),
    };

    private SnapshotNode Merge(PathName name, List<Candidate> candidates, SnapshotNode? before) => candidates[0].Entry.Kind switch
    {
        EntryKind.Directory => Directory(name, before, candidates[0].Entry.ModifiedAt),
        EntryKind.Symlink => Symlink(candidates[0].Entry, before),
        _ => File(name, candidates.FindAll(candidate => candidate.Entry.Kind == EntryKind.File), before as FileNode),
    };

    private DirectoryNode Directory(PathName name, SnapshotNode? before, UnixTime? modifiedAt) =>
        before is DirectoryNode known
            ? known.Touched(modifiedAt ?? known.ModifiedAt)
            : DirectoryNode.Unknown(name, modifiedAt ?? now);

    private SymlinkNode Symlink(SourceEntry entry, SnapshotNode? before)
    {
        var modifiedAt = entry.ModifiedAt ?? (before as SymlinkNode)?.ModifiedAt ?? now;
        var link = new SymlinkNode(entry.Name, entry.Target.IsDefault ? [] : entry.Target, modifiedAt);
        return before is SymlinkNode known && known.SameEntry(link) ? known : link;
    }

    private FileNode File(PathName name, List<Candidate> candidates, FileNode? before)
    {
        var preferred = candidates[0];
        var replicas = candidates
            .Where(candidate => candidate.Entry.Validator is not null && IsSame(preferred.Entry, candidate.Entry, candidate.Source == preferred.Source))
            .Select(candidate => new Replica(candidate.Source, directory.PathAtSource / name, candidate.Entry.Validator!.Value))
            .ToImmutableArray();
        // A listing without validators: the first lookup asks, and what it learned stays until a stat says otherwise.
        if (preferred.Entry.Validator is null) return before ?? new FileNode(name, null);
        return Versions.Next(before, name, replicas, now);
    }

    private bool IsSame(SourceEntry preferred, SourceEntry other, bool isItself) =>
        isItself
        || (_same == SameRule.SizeAndTime && preferred.Validator is { } left && other.Validator is { } right
            // What may still change without showing it is nobody's copy yet.
            && left.Strength != ValidatorStrength.Racy && right.Strength != ValidatorStrength.Racy
            && left.SizeBytes == right.SizeBytes
            && left.ModifiedAt is { } leftTime && right.ModifiedAt is { } rightTime
            && (leftTime - rightTime).Duration() <= TimeSpan.FromSeconds(2));

    private sealed record Candidate(SourceId Source, SourceEntry Entry);
}
