using System.Collections.Immutable;
using System.Runtime.InteropServices;
using VirtualView.Core.Paths;
using VirtualView.Core.Units;

namespace VirtualView.Core.Snapshots;

/// <summary>
/// A directory: its entries sorted by name, each name once. Not yet listed means <see cref="IsListed"/> is false and
/// that what it holds is not known, which is not the same as empty.
/// </summary>
public sealed class DirectoryNode : SnapshotNode
{
    private DirectoryNode(PathName name, bool isListed, ImmutableArray<SnapshotNode> children, UnixTime modifiedAt)
        : base(name) => (IsListed, Children, ModifiedAt) = (isListed, children, modifiedAt);

    public bool IsListed { get; }

    /// <summary>Sorted by the bytes of the names; while not listed only what was put <see cref="With"/> it.</summary>
    public ImmutableArray<SnapshotNode> Children { get; }

    public UnixTime ModifiedAt { get; }

    public static DirectoryNode Unknown(PathName name, UnixTime modifiedAt) => new(name, false, [], modifiedAt);

    /// <exception cref="ArgumentException">Two entries have the same name.</exception>
    public static DirectoryNode Listed(PathName name, IEnumerable<SnapshotNode> children, UnixTime modifiedAt)
    {
        // Listings and saved snapshots come sorted: then one pass is enough.
        var sorted = children.ToArray();
        if (FirstOutOfOrder(sorted) >= 0)
        {
            Array.Sort(sorted, static (left, right) => left.Name.CompareTo(right.Name));
            if (FirstOutOfOrder(sorted) is >= 0 and var at)
                throw new ArgumentException($"two entries are named '{sorted[at].Name}'", nameof(children));
        }

        CopySharing.Among(sorted);
        return new DirectoryNode(name, true, ImmutableCollectionsMarshal.AsImmutableArray(sorted), modifiedAt);
    }

    public SnapshotNode? Find(PathName name) => IndexOf(name) is >= 0 and var at ? Children[at] : null;

    /// <summary>The same directory with <paramref name="child"/> in the place of the entry of its name, or added.</summary>
    public DirectoryNode With(SnapshotNode child)
    {
        var at = IndexOf(child.Name);
        var children = at >= 0 ? Children.SetItem(at, child) : Children.Insert(~at, child);
        CopySharing.With(children.AsSpan(), at >= 0 ? at : ~at);
        return new DirectoryNode(Name, IsListed, children, ModifiedAt);
    }

    /// <summary>The same directory with each of <paramref name="children"/> in the place of the entry of its name, which must be there.</summary>
    /// <exception cref="ArgumentException">There is no entry of that name.</exception>
    public DirectoryNode WithAll(IEnumerable<SnapshotNode> children)
    {
        SnapshotNode[]? changed = null;
        foreach (var child in children)
        {
            var at = IndexOf(child.Name);
            if (at < 0) throw new ArgumentException($"there is no '{child.Name}'", nameof(children));
            changed ??= [.. Children];
            changed[at] = child;
            CopySharing.With(changed, at);
        }

        return changed is null ? this : new DirectoryNode(Name, IsListed, ImmutableCollectionsMarshal.AsImmutableArray(changed), ModifiedAt);
    }

    public DirectoryNode Without(PathName name) =>
        IndexOf(name) is >= 0 and var at ? new DirectoryNode(Name, IsListed, Children.RemoveAt(at), ModifiedAt) : this;

    /// <summary>The same directory, with the same entries, at another time.</summary>
    public DirectoryNode Touched(UnixTime modifiedAt) =>
        modifiedAt == ModifiedAt ? this : new DirectoryNode(Name, IsListed, Children, modifiedAt);

    public override bool SameEntry(SnapshotNode other) =>
        other is DirectoryNode directory && IsListed == directory.IsListed && ModifiedAt == directory.ModifiedAt;

    /// <summary>Where the name stands in <see cref="Children"/>, or the complement of where it would.</summary>
    public int IndexOf(PathName name)
    {
        var (low, high) = (0, Children.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            switch (Children[middle].Name.CompareTo(name))
            {
                case 0: return middle;
                case < 0: low = middle + 1; break;
                default: high = middle - 1; break;
            }
        }

        return ~low;
    }

    /// <summary>The first entry that does not come after the one before it, or -1.</summary>
    private static int FirstOutOfOrder(SnapshotNode[] children)
    {
        for (var at = 1; at < children.Length; at++)
        {
            if (children[at - 1].Name >= children[at].Name) return at;
        }

        return -1;
    }
}
