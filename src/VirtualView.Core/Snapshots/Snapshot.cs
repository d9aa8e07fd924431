using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Units;

namespace VirtualView.Core.Snapshots;

/// <summary>An immutable tree path -> version over all sources, with a number and a time.</summary>
public sealed record Snapshot(long Number, UnixTime TakenAt, DirectoryNode Root)
{
    public static Snapshot Initial(UnixTime at) => new(0, at, DirectoryNode.Unknown(default, at));

    /// <summary>Null where the snapshot knows no such entry; that includes entries of directories never listed.</summary>
    public SnapshotNode? Find(VirtualPath path)
    {
        SnapshotNode? node = Root;
        foreach (var name in path.Names)
            node = (node as DirectoryNode)?.Find(name);
        return node;
    }

    /// <summary>
    /// The next snapshot, with <paramref name="node"/> at <paramref name="path"/>; all that does not lie on the way is
    /// shared. The directories on the way must exist.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// A name on the way is no directory of this snapshot, or the node has another name than the path, or is to be a
    /// root without being a directory.
    /// </exception>
    public Snapshot With(VirtualPath path, SnapshotNode node, UnixTime at)
    {
        if (node.Name != path.Name) throw new ArgumentException($"'{node.Name}' cannot stand at '{path}'", nameof(node));
        return Replace(Root, path.Names, node) is DirectoryNode root
            ? this with { Number = Number + 1, TakenAt = at, Root = root }
            : throw new ArgumentException("the root is a directory", nameof(node));
    }

    /// <summary>The next snapshot, without the entry at <paramref name="path"/>.</summary>
    public Snapshot Without(VirtualPath path, UnixTime at) =>
        Find(path.Parent) is DirectoryNode parent && parent.Find(path.Name) is not null
            ? With(path.Parent, parent.Without(path.Name), at)
            : this;

    private static SnapshotNode Replace(SnapshotNode at, ImmutableArray<PathName> names, SnapshotNode node)
    {
        if (names.IsEmpty) return node;
        var child = names.Length == 1 ? node : (at as DirectoryNode)?.Find(names[0]);
        return at is DirectoryNode directory && child is not null
            ? directory.With(Replace(child, names.RemoveAt(0), node))
            : throw new ArgumentException($"'{at.Name}' has no directory '{names[0]}'", nameof(names));
    }
}
