using VirtualView.Core.Crashes;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Engine.FileSystem;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Overlay.Content;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Overlay.Inodes;

/// <summary>
/// All local inodes, by id, by alias and by base. Every member is called under <see cref="Gate"/>. Changes here are in
/// memory; the journal comes first wherever a change must survive.
/// </summary>
internal sealed class LocalTree
{
    private readonly NodeTable _nodes;
    private readonly SnapshotKeeper _keeper;
    private readonly NodeAttributesOf _attributes;
    private readonly LocalFiles _files;
    private readonly TimeProvider _clock;
    private readonly Dictionary<ulong, LocalInode> _byId = [];
    private readonly Dictionary<ulong, LocalInode> _byAlias = [];
    private readonly Dictionary<VirtualPath, LocalInode> _byBase = [];
    private ulong _lastId;

    public LocalTree(OverlayImage image, NodeTable nodes, SnapshotKeeper keeper, NodeAttributesOf attributes, LocalFiles files, TimeProvider clock)
    {
        (_nodes, _keeper, _attributes, _files, _clock) = (nodes, keeper, attributes, files, clock);
        _lastId = Math.Max(LocalId.Root.Value, image.LastUsed.Value);
        foreach (var record in image.Inodes) Restore(record);
        Root = _byId.GetValueOrDefault(LocalId.Root.Value) ?? Make(RecordOf(_nodes.Find(NodeId.Root)!, LocalId.Root));
        _byAlias[NodeId.Root.Value] = Root;
        foreach (var entry in image.Entries) Restore(entry);
        foreach (var attribute in image.Attributes)
        {
            if (_byId.TryGetValue(attribute.Inode.Value, out var inode)) LocalAttributes.Set(inode, attribute.Name, attribute.Value);
        }
    }

    public Lock Gate { get; } = new();

    /// <summary>A node of the sources was copied up: who has it open goes on with the local inode.</summary>
    public event Action<Node, LocalInode>? BecameLocal;

    /// <summary>
    /// What was local is the sources' again, under the name in the directory, with the node by which a kernel may know it
    /// since before. Called under the gate.
    /// </summary>
    public event Action<NodeId, PathName, Node?>? Dissolved;

    public LocalInode Root { get; }

    public UnixTime Now => UnixTime.From(_clock.GetUtcNow());

    public IEnumerable<LocalInode> All => _byId.Values;

    public LocalId NextId() => new(++_lastId);

    /// <summary>The local inode that a kernel means by an id; null when there is none: then it is one of the sources, or unknown.</summary>
    public LocalInode? Find(NodeId id) =>
        id.Value >= LocalInode.FirstNode ? _byId.GetValueOrDefault(id.Value - LocalInode.FirstNode) : _byAlias.GetValueOrDefault(id.Value);

    public LocalInode? Find(LocalId id) => _byId.GetValueOrDefault(id.Value);

    public LocalInode? FindByBase(VirtualPath path) => _byBase.GetValueOrDefault(path);

    /// <summary>
    /// The local inode of a node, made in memory if it is one of the sources: with the directories above it. Null when
    /// the node is not what its name leads to any more.
    /// </summary>
    public LocalInode? Of(NodeId id)
    {
        if (Find(id) is { } known) return known;
        return id.Value < LocalInode.FirstNode && _nodes.Find(id) is { } node ? Of(node) : null;
    }

    public LocalInode? Of(Node node)
    {
        if (_byAlias.TryGetValue(node.Id.Value, out var known)) return known;
        if (node.Kind == EntryKind.Directory && _byBase.TryGetValue(node.Path, out var moved)) return moved;
        if (node.IsSuperseded || node.Directory is not { } above || Of(above) is not { } parent || parent.IsGone) return null;
        if (parent.Directory!.Entries.ContainsKey(node.Name) || !_nodes.TryPin(node)) return null;
        return CopyUp(node, parent);
    }

    /// <summary>An inode that is not in the tree yet.</summary>
    public LocalInode New(LocalInodeRecord record) => new(
        record,
        record.Kind == EntryKind.Directory ? new LocalDirectory(record.BaseDirectory) : null,
        record.Kind == EntryKind.File ? _files.Make(record) : null);

    public void Add(LocalInode inode) => _byId[inode.Id.Value] = inode;

    /// <summary>Puts a name into a directory, in the place of what was there.</summary>
    public void SetEntry(LocalInode directory, PathName name, LocalInode? target)
    {
        directory.Directory!.Set(name, target);
        if (target is not null) (target.Parent, target.Name) = (directory, name);
    }

    /// <summary>True where the base has such an entry, or may have.</summary>
    public bool NeedsWhiteout(LocalInode directory, PathName name) =>
        directory.Directory!.Base is { } path && MayHave(path / name);

    /// <summary>Counts a lookup of what is handed to a kernel.</summary>
    public void CountLookup(LocalInode inode)
    {
        if (inode.Alias is { } alias) _nodes.AddLookup(alias);
        else inode.Lookups++;
    }

    public void Forget(LocalInode inode, NodeId id, ulong lookups)
    {
        if (inode.Alias?.Id == id) _nodes.Forget(id, lookups);
        else inode.Lookups -= Math.Min(lookups, inode.Lookups);
        Tidy(inode);
    }

    public void Unpin(LocalInode inode)
    {
        inode.Handles--;
        Tidy(inode);
    }

    /// <summary>Lets go of what nobody uses: an alias that no kernel remembers, an inode without names, and one that is what the sources have.</summary>
    public void Tidy(LocalInode inode)
    {
        if (inode.Id == LocalId.Root || inode.Handles > 0) return;
        if (IsUnchanged(inode))
        {
            Dissolve(inode);
            return;
        }

        if (inode.IsGone) inode.File?.LetBaseGo();
        if (inode.Alias is { } alias && _nodes.LookupsOf(alias) == 0) DropAlias(inode, alias);
        if (!inode.IsGone || inode.Alias is not null || inode.Lookups > 0) return;
        _byId.Remove(inode.Id.Value);
        inode.File?.Delete();
    }

    /// <summary>A directory went: its base shows nowhere any more.</summary>
    public void ForgetBase(LocalInode directory)
    {
        if (directory.Directory!.Base is not { } path || _byBase.GetValueOrDefault(path) != directory) return;
        _byBase.Remove(path);
        if (directory.Directory.BaseNode is not { } held) return;
        _nodes.Forget(held, 1);
        directory.Directory.BaseNode = null;
    }

    public bool IsBelow(LocalInode inode, LocalInode above)
    {
        for (var at = inode; at is not null; at = at.Id == LocalId.Root ? null : at.Parent)
        {
            if (at == above) return true;
        }

        return false;
    }

    /// <summary>Where it is in the view, by one of its names.</summary>
    public static VirtualPath PathOf(LocalInode inode)
    {
        var names = new Stack<PathName>();
        for (var at = inode; at.Id != LocalId.Root && at.Parent is not null; at = at.Parent) names.Push(at.Name);
        return VirtualPath.Of(names);
    }

    /// <summary>True also where a directory on the way is not listed, as after a restart without a snapshot.</summary>
    private bool MayHave(VirtualPath path)
    {
        SnapshotNode at = _keeper.Current.Root;
        foreach (var name in path.Names)
        {
            if (at is not DirectoryNode directory) return false;
            if (!directory.IsListed) return true;
            if (directory.Find(name) is not { } below) return false;
            at = below;
        }

        return true;
    }

    private LocalInode CopyUp(Node node, LocalInode parent)
    {
        var inode = Make(RecordOf(node, NextId()));
        inode.Alias = node;
        _byAlias[node.Id.Value] = inode;
        parent.Directory!.Hide(node.Name, Hidden.By(node, inode));
        SetEntry(parent, node.Name, inode);
        BecameLocal?.Invoke(node, inode);
        CrashPoint.Reached(CrashPoints.OverlayCopiedUp);
        return inode;
    }

    /// <summary>A local inode that is what the sources show of a node.</summary>
    private LocalInodeRecord RecordOf(Node node, LocalId id)
    {
        var shown = _attributes.Of(node);
        return new LocalInodeRecord
        {
            Id = id,
            Kind = node.Kind,
            Mode = shown.Mode,
            Uid = shown.Uid,
            Gid = shown.Gid,
            Links = 1,
            InodeNumber = shown.InodeNumber,
            AccessedAt = shown.ModifiedAt,
            ModifiedAt = shown.ModifiedAt,
            ChangedAt = shown.ModifiedAt,
            Target = (node.Entry as SymlinkNode)?.Target ?? [],
            BaseDirectory = node.Kind == EntryKind.Directory ? node.Path : null,
            BaseFile = node.Version is { } version ? Cuts.Untouched(node.Path, version) : null,
            KeepsAttributes = true,
        };
    }

    private LocalInode Make(LocalInodeRecord record)
    {
        var inode = New(record);
        Add(inode);
        if (record.BaseDirectory is { } path) _byBase[path] = inode;
        return inode;
    }

    private void Restore(LocalInodeRecord record)
    {
        var inode = Make(record);
        (inode.IsInJournal, inode.IsChanged) = (true, true);
        _lastId = Math.Max(_lastId, record.Id.Value);
    }

    private void Restore(LocalEntry entry)
    {
        if (!_byId.TryGetValue(entry.Directory.Value, out var directory) || directory.Directory is null) return;
        var target = entry.Target is { } id ? _byId.GetValueOrDefault(id.Value) : null;
        if (entry.Target is not null && target is null) return;
        directory.Directory.Hide(entry.Name, Hidden.Restored(entry.Hidden, directory.Directory.Base, entry.Name, target));
        SetEntry(directory, entry.Name, target);
    }

    /// <summary>True for what was copied up in memory and says nothing but what the sources say.</summary>
    private static bool IsUnchanged(LocalInode inode) =>
        inode is { IsInJournal: false, IsChanged: false, IsGone: false, Parent: not null }
        && inode.File?.IsAsBase != false && inode.Directory?.Entries.Count is null or 0;

    private void Dissolve(LocalInode inode)
    {
        var parent = inode.Parent!;
        if (parent.Directory!.Entries.GetValueOrDefault(inode.Name) == inode) parent.Directory.Remove(inode.Name);
        _byId.Remove(inode.Id.Value);
        inode.File?.Delete();
        if (inode.IsDirectory) ForgetBase(inode);
        Dissolved?.Invoke(parent.NodeId, inode.Name, inode.Alias);
        if (inode.Alias is { } alias) DropAlias(inode, alias);

        Tidy(parent);
    }

    private void DropAlias(LocalInode inode, Node alias)
    {
        inode.Alias = null;
        _byAlias.Remove(alias.Id.Value);
        _nodes.Unpin(alias);
    }
}
