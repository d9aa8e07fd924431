using System.Collections.Immutable;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;

namespace VirtualView.Engine.Past;

/// <summary>
/// Compares two records by the directories that were written between them: the work follows what changed, not the size of
/// the tree. The time of a directory alone is no difference.
/// </summary>
internal sealed class SnapshotComparer(ISnapshotHistory history)
{
    public async ValueTask<Outcome<ImmutableArray<PathChange>>> CompareAsync(long from, long to, CancellationToken cancel)
    {
        var changes = new List<(VirtualPath Path, string Kind)>();
        foreach (var path in await history.ChangedAsync(Math.Min(from, to), Math.Max(from, to), cancel))
        {
            var before = await ReadAsync(from, path, cancel);
            var after = await ReadAsync(to, path, cancel);
            if (!before.TryGet(out var left) || !after.TryGet(out var right)) return before.IsOk ? after.Error : before.Error;
            Compare(path, left.FirstOrDefault(), right.FirstOrDefault(), changes);
        }

        changes.Sort((left, right) => left.Path.CompareTo(right.Path));
        return changes.Select(change => new PathChange(change.Kind, change.Path.ToString())).ToImmutableArray();
    }

    private static void Compare(VirtualPath path, DirectoryNode? before, DirectoryNode? after, List<(VirtualPath, string)> changes)
    {
        if (before is not null && after is not null && before.IsListed != after.IsListed)
        {
            changes.Add((path, "unknown"));
            return;
        }

        var names = (before?.Children ?? []).Concat(after?.Children ?? []).Select(node => node.Name).Distinct();
        foreach (var name in names)
        {
            if (KindOf(before?.Find(name), after?.Find(name)) is { } kind) changes.Add((path / name, kind));
        }
    }

    private static string? KindOf(SnapshotNode? before, SnapshotNode? after) => (before, after) switch
    {
        (null, _) => "added",
        (_, null) => "removed",
        (DirectoryNode, DirectoryNode) => null, // what it holds has a row of its own
        (FileNode { HasVersion: true } left, FileNode { HasVersion: true } right) => left.SameEntry(right) ? null : "changed",
        (FileNode { HasVersion: false }, FileNode { HasVersion: false }) => null,
        (FileNode, FileNode) => "unknown",
        var (left, right) => left.SameEntry(right) ? null : "changed",
    };

    /// <summary>None for a directory that the snapshot does not have.</summary>
    private async ValueTask<Outcome<DirectoryNode[]>> ReadAsync(long number, VirtualPath path, CancellationToken cancel)
    {
        var read = await history.ReadAsync(number, path, cancel);
        if (read.TryGet(out var directory)) return new[] { directory };
        return read.Error == FileSystemError.NotFound ? Array.Empty<DirectoryNode>() : read.Error;
    }
}
