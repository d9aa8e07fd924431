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
    private readonly EntryMerge _entry = new(directory.PathAtSource, directory.Mapping?.Same ?? SameRule.Checksum, now);

    public DirectoryNode Into(DirectoryNode previous) =>
        listings is [{ Entries: { } entries, HeldBack.IsEmpty: true } only] && directory.MountedBelow.IsEmpty
            ? OfOne(only.Source, entries, previous)
            : OfAll(previous);

    /// <summary>What most directories are made of: nothing is gathered, because there may be a hundred thousand entries.</summary>
    private DirectoryNode OfOne(SourceId source, IReadOnlyList<SourceEntry> entries, DirectoryNode previous)
    {
        var children = new List<SnapshotNode>(entries.Count);
        // In the order of names, so that one that stands twice is seen; the first of them is believed.
        foreach (var entry in entries.OrderBy(entry => entry.Name))
        {
            if (children.Count > 0 && children[^1].Name == entry.Name) continue;
            children.Add(_entry.Into(entry.Name, [new Candidate(source, entry)], previous.Find(entry.Name)));
        }

        return UnlessUnchanged(previous, children);
    }

    private DirectoryNode OfAll(DirectoryNode previous)
    {
        var candidates = Gather(previous);
        var children = new List<SnapshotNode>(candidates.Count);
        foreach (var (name, entries) in candidates)
        {
            var before = previous.Find(name);
            children.Add(directory.MountedBelow.Contains(name) ? _entry.Directory(name, before, null) : _entry.Into(name, entries, before));
        }

        foreach (var name in directory.MountedBelow.Where(name => !candidates.ContainsKey(name)))
            children.Add(_entry.Directory(name, previous.Find(name), null));
        return UnlessUnchanged(previous, children);
    }

    private static DirectoryNode UnlessUnchanged(DirectoryNode previous, List<SnapshotNode> children) =>
        IsUnchanged(previous, children) ? previous : DirectoryNode.Listed(previous.Name, children, previous.ModifiedAt);

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
            foreach (var candidate in listing.IsKnown ? Listed(listing, previous) : Kept(listing, previous.Children))
            {
                if (!candidates.TryGetValue(candidate.Entry.Name, out var others))
                    candidates.Add(candidate.Entry.Name, [candidate]);
                else if (others[^1].Source != candidate.Source) // a source that names an entry twice is believed once
                    others.Add(candidate);
            }
        }

        return candidates;
    }

    private IEnumerable<Candidate> Listed(SourceListing listing, DirectoryNode previous)
    {
        var listed = (listing.Entries ?? []).Select(entry => new Candidate(listing.Source, entry));
        return listing.HeldBack.IsEmpty ? listed : listed.Concat(Kept(listing, previous.Children.Where(child => listing.HeldBack.Contains(child.Name))));
    }

    private IEnumerable<Candidate> Kept(SourceListing listing, IEnumerable<SnapshotNode> children) =>
        children.Select(child => _entry.Kept(listing.Source, child)).OfType<Candidate>();
}
