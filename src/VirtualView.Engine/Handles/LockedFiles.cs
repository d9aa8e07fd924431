using System.Collections.Concurrent;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;

namespace VirtualView.Engine.Handles;

/// <summary>
/// Files that stay what they are in the view while a program holds a lock on them, although the sources have another
/// version: else the name would lead to another inode, and two programs could each lock one and believe to be alone.
/// Every listing asks anew, and so does the release of a handle.
/// </summary>
internal sealed class LockedFiles
{
    private readonly HandleTable _handles;
    private readonly Action<VirtualPath> _ask;
    private readonly ConcurrentDictionary<VirtualPath, bool> _kept = new();

    /// <param name="ask">Asks the sources for a file, in the background.</param>
    public LockedFiles(HandleTable handles, Action<VirtualPath> ask)
    {
        (_handles, _ask) = (handles, ask);
        handles.Closed += file =>
        {
            if (!_kept.IsEmpty && _kept.ContainsKey(file.Node.Path)) _ask(file.Node.Path);
        };
    }

    /// <summary>Null until a kernel is attached: then nobody can hold a lock.</summary>
    public IFileLocks? Locks { get; set; }

    /// <summary>What has become local stays on its inode by itself, and is not kept from being told of the sources' change.</summary>
    public Func<NodeId, bool> IsLocal { get; init; } = _ => false;

    /// <summary>True when a file of the directory waits for a lock to be let go.</summary>
    public bool IsAwaitedIn(VirtualPath directory) => !_kept.IsEmpty && _kept.Keys.Any(path => path.Parent == directory);

    /// <summary>
    /// Of the files at a path, or directly below it, those that a change must leave as they are. The kernel is asked only
    /// if an open one would become another version.
    /// </summary>
    public HashSet<VirtualPath> Among(VirtualPath path, Func<(SnapshotNode? Before, SnapshotNode? After)> change)
    {
        var kept = new HashSet<VirtualPath>();
        if (Locks is not { } locks) return kept;
        var open = _handles.Files.Where(file => IsAt(file, path) && !file.Node.IsSuperseded && !IsLocal(file.Node.Id)).Select(file => file.Node).Distinct().ToList();
        if (open.Count > 0 && change() is var (before, after) && !ReferenceEquals(before, after))
        {
            open.RemoveAll(node => !IsAnother(At(before, node.Path, path), At(after, node.Path, path)));
            if (open.Count > 0 && locks.LockedInodes() is var locked)
                kept.UnionWith(open.Where(node => locked.Contains(node.InodeNumber)).Select(node => node.Path));
        }

        foreach (var known in _kept.Keys.Where(known => (known == path || known.Parent == path) && !kept.Contains(known))) _kept.TryRemove(known, out _);
        foreach (var one in kept) _kept[one] = true;
        return kept;
    }

    /// <summary>What a change makes of a path, but for the files that it must leave as they are.</summary>
    public static SnapshotNode? Without(VirtualPath path, SnapshotNode before, SnapshotNode? after, HashSet<VirtualPath> kept)
    {
        if (kept.Contains(path)) return before;
        if ((before, after) is not (DirectoryNode known, DirectoryNode changed)) return after;
        var left = kept.Select(one => known.Find(one.Name)).OfType<FileNode>().Where(file => IsAnother(file, changed.Find(file.Name))).ToList();
        if (left.Count == 0) return after;
        var result = changed.WithAll(left);
        return result.SameEntry(known) && HasSameChildren(result, known) ? before : result;
    }

    private static bool HasSameChildren(DirectoryNode one, DirectoryNode other)
    {
        if (one.Children.Length != other.Children.Length) return false;
        for (var at = 0; at < one.Children.Length; at++)
        {
            if (!ReferenceEquals(one.Children[at], other.Children[at])) return false;
        }

        return true;
    }

    private static bool IsAt(OpenFile file, VirtualPath path) =>
        file.Node.Directory?.Place?.Path is { } directory && (directory == path || (!path.IsRoot && file.Node.Name == path.Name && directory == path.Parent));

    private static SnapshotNode? At(SnapshotNode? node, VirtualPath file, VirtualPath path) => file == path ? node : (node as DirectoryNode)?.Find(file.Name);

    private static bool IsAnother(SnapshotNode? before, SnapshotNode? after) =>
        before is FileNode { HasVersion: true } known && after is FileNode changed && !known.SameEntry(changed);
}
