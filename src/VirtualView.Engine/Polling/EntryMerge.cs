using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Engine.Options;

namespace VirtualView.Engine.Polling;

/// <summary>
/// Makes one entry of the view out of what its sources show under the name, in order of precedence. A pure function: what
/// did not change comes out as the very same object.
/// </summary>
internal sealed class EntryMerge(VirtualPath directoryAtSource, SameRule same, UnixTime now)
{
    public SnapshotNode Into(PathName name, List<Candidate> candidates, SnapshotNode? before) => candidates[0].Entry.Kind switch
    {
        EntryKind.Directory => Directory(name, before, candidates[0].Entry.ModifiedAt),
        EntryKind.Symlink => Symlink(name, candidates[0].Entry, before),
        _ => File(name, candidates.FindAll(candidate => candidate.Entry.Kind == EntryKind.File), before as FileNode),
    };

    public DirectoryNode Directory(PathName name, SnapshotNode? before, UnixTime? modifiedAt) =>
        before is DirectoryNode known
            ? known.Touched(modifiedAt ?? known.ModifiedAt)
            : DirectoryNode.Unknown(name, modifiedAt ?? now);

    /// <summary>What a source that cannot be asked had under the name before; null when it had nothing there.</summary>
    public Candidate? Kept(SourceId source, SnapshotNode child)
    {
        // Whose a directory or link was is not recorded; while one of the sources cannot be asked, it stays.
        if (child is not FileNode { Version: { } version }) return new Candidate(source, AsEntry(child));
        var path = directoryAtSource / child.Name;
        return version.Replicas.FirstOrDefault(replica => replica.Source == source && replica.Path == path) is { } replica
            ? new Candidate(source, new SourceEntry(child.Name, EntryKind.File, replica.Validator))
            : null;
    }

    private static SourceEntry AsEntry(SnapshotNode node) => node switch
    {
        DirectoryNode known => new SourceEntry(node.Name, EntryKind.Directory, ModifiedAt: known.ModifiedAt),
        SymlinkNode link => new SourceEntry(node.Name, EntryKind.Symlink, ModifiedAt: link.ModifiedAt, Target: link.Target),
        _ => new SourceEntry(node.Name, EntryKind.File),
    };

    private SymlinkNode Symlink(PathName name, SourceEntry entry, SnapshotNode? before)
    {
        var modifiedAt = entry.ModifiedAt ?? (before as SymlinkNode)?.ModifiedAt ?? now;
        var link = new SymlinkNode(name, entry.Target.IsDefault ? [] : entry.Target, modifiedAt);
        return before is SymlinkNode known && known.SameEntry(link) ? known : link;
    }

    private FileNode File(PathName name, List<Candidate> candidates, FileNode? before)
    {
        var preferred = candidates[0];
        // A listing without validators: the first lookup asks, and what it learned stays until a stat says otherwise.
        if (preferred.Entry.Validator is not { } validator) return before ?? new FileNode(name, null);
        var path = directoryAtSource / name;
        var replicas = candidates
            .Where(candidate => candidate.Source == preferred.Source || IsSame(validator, candidate.Entry.Validator))
            .Select(candidate => new Replica(candidate.Source, path, candidate.Entry.Validator!.Value))
            .ToImmutableArray();
        return Versions.Next(before, name, replicas, now);
    }

    /// <summary>What is racy may change without showing it: it is nobody's equal.</summary>
    private bool IsSame(Validator preferred, Validator? other) =>
        same == SameRule.SizeAndTime
        && other is { } known
        && preferred.Strength != ValidatorStrength.Racy && known.Strength != ValidatorStrength.Racy
        && preferred.SizeBytes == known.SizeBytes
        && preferred.ModifiedAt is { } left && known.ModifiedAt is { } right
        && (left - right).Duration() <= TimeSpan.FromSeconds(2);
}
