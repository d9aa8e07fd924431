using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Nodes;

/// <summary>
/// All nodes that a kernel may name. A lookup reads the current snapshot under the table's lock, and a new snapshot is
/// applied under it after it became current: so a node that is out of date is always found superseded.
/// </summary>
internal sealed class NodeTable
{
    private readonly SnapshotKeeper _keeper;
    private readonly Lock _gate = new();
    private readonly NodePages _byId = new(); // this, what is below and every DirectoryPlace guarded by _gate
    private readonly Node _root;
    private ulong _lastId = NodeId.Root.Value;

    /// <param name="rootInode">Inode numbers are made of it: two views in one mount need two.</param>
    public NodeTable(SnapshotKeeper keeper, ulong rootInode = InodeNumber.Root)
    {
        _keeper = keeper;
        _root = new Node(NodeId.Root, null, keeper.Current.Root, rootInode);
        _byId.Add(_root);
    }

    public int Count
    {
        get
        {
            lock (_gate)
                return _byId.Count;
        }
    }

    public Node? Find(NodeId id)
    {
        lock (_gate)
            return _byId.Find(id.Value);
    }

    /// <summary>
    /// The node of <paramref name="name"/> in <paramref name="directory"/> as the current snapshot has it, counted as one
    /// lookup; null when there is no such entry, or the path of the directory leads to another one by now.
    /// </summary>
    public Node? Lookup(Node directory, PathName name)
    {
        lock (_gate)
        {
            if (directory.IsSuperseded) return null;
            var entry = (_keeper.Current.Find(directory.Path) as DirectoryNode)?.Find(name);
            return entry is null ? null : LookupLocked(directory, entry);
        }
    }

    /// <summary>The same for an entry at hand; null when the current snapshot has another one in its place.</summary>
    public Node? Lookup(Node directory, SnapshotNode entry)
    {
        lock (_gate)
        {
            if (directory.IsSuperseded) return null;
            var current = (_keeper.Current.Find(directory.Path) as DirectoryNode)?.Find(entry.Name);
            return current is not null && current.SameEntry(entry) ? LookupLocked(directory, current) : null;
        }
    }

    /// <summary>Counts one more lookup of a node that is at hand.</summary>
    public void AddLookup(Node node)
    {
        lock (_gate)
            node.Lookups++;
    }

    public ulong LookupsOf(Node node)
    {
        lock (_gate)
            return node.Lookups;
    }

    public void Forget(NodeId id, ulong lookups)
    {
        lock (_gate)
        {
            if (_byId.Find(id.Value) is not { Directory: not null } node) return;
            node.Lookups -= Math.Min(lookups, node.Lookups);
            RemoveIfUnusedLocked(node);
        }
    }

    /// <summary>
    /// Counts a handle on a node that is current; false when it is superseded or was forgotten meanwhile, or when it will
    /// be superseded in a moment: a new snapshot is current before it is applied here.
    /// </summary>
    public bool TryPin(Node node)
    {
        lock (_gate)
        {
            if (node.IsSuperseded || _byId.Find(node.Id.Value) is null || !node.StandsFor(_keeper.Current.Find(node.Path))) return false;
            node.Handles++;
            return true;
        }
    }

    public void Unpin(Node node)
    {
        lock (_gate)
        {
            node.Handles--;
            RemoveIfUnusedLocked(node);
        }
    }

    /// <summary>
    /// Marks the node of a changed path as superseded, if it is. Returns the node of the directory, whose kernel entry
    /// of that name may be out of date; null when no kernel knows that directory.
    /// </summary>
    public Node? Refresh(VirtualPath path)
    {
        lock (_gate)
        {
            if (path.IsRoot || FindLocked(path.Parent) is not { } directory) return null;
            if (directory.Place?.ByName.Find(path.Name) is { } node && !node.StandsFor(_keeper.Current.Find(path)))
                SupersedeLocked(node);
            return directory;
        }
    }

    /// <summary>The path leads to another node from now on, although the snapshot did not change.</summary>
    public void Supersede(VirtualPath path)
    {
        lock (_gate)
        {
            if (!path.IsRoot && FindLocked(path.Parent)?.Place?.ByName.Find(path.Name) is { } node) SupersedeLocked(node);
        }
    }

    /// <summary>The node of a directory path, if a kernel knows it.</summary>
    public Node? FindDirectory(VirtualPath path)
    {
        lock (_gate)
            return FindLocked(path);
    }

    private Node? FindLocked(VirtualPath path)
    {
        var node = _root;
        foreach (var name in path.Names)
        {
            if (node.Place?.ByName.Find(name) is not { } child) return null;
            node = child;
        }

        return node;
    }

    private Node LookupLocked(Node directory, SnapshotNode entry)
    {
        // What is no directory has no names in it: nobody looks anything up there.
        var place = directory.Place!;
        if (place.ByName.Find(entry.Name) is { } known)
        {
            if (known.StandsFor(entry))
            {
                known.Lookups++;
                return known;
            }

            SupersedeLocked(known);
        }

        var node = new Node(new NodeId(++_lastId), directory, entry) { Lookups = 1 };
        _byId.Add(node);
        place.ByName.Add(node);
        place.Nodes++;
        return node;
    }

    private void SupersedeLocked(Node node)
    {
        node.Supersede();
        node.Directory!.Place!.ByName.Remove(node);
    }

    private void RemoveIfUnusedLocked(Node node)
    {
        while (node.IsUnused && _byId.Remove(node.Id.Value))
        {
            var directory = node.Directory!;
            directory.Place!.ByName.Remove(node); // a superseded one is not there any more
            directory.Place.Nodes--;
            node = directory;
        }
    }
}
