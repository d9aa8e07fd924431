using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Overlay;
using VirtualView.Engine.CacheControl;
using VirtualView.Core.Paths;
using VirtualView.Engine.FileSystem;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Overlay.Changes;
using VirtualView.Engine.Overlay.Content;
using VirtualView.Engine.Overlay.Inodes;
using VirtualView.Engine.Overlay.Listing;
using VirtualView.Engine.Overlay.Names;
using VirtualView.Engine.Polling;
using VirtualView.Engine.Polling.Pacing;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Overlay;

/// <summary>The overlay of one view: puts its parts together over what the sources show.</summary>
internal sealed class ViewOverlay : IDisposable
{
    private readonly LocalTree _tree;
    private readonly SnapshotKeeper _keeper;
    private readonly PinHolder _bases;
    private readonly UnchangedFiles _unchanged;

    /// <param name="below">What the sources show, now or in a fixed snapshot.</param>
    public ViewOverlay(OverlayRooms rooms, OverlayImage image, ViewParts below, SharedParts shared)
    {
        ISourcesView sources = below.Files;
        _keeper = below.Keeper;
        _bases = shared.Holders.Add("a local file lies over it: discard that first");
        var files = new LocalFiles(rooms.Files, below.Origin, shared.Pinned, shared.Blocks, _bases, shared.Clock);
        var tree = _tree = new LocalTree(image, below.Nodes, below.Keeper, below.Attributes, files, shared.Clock);
        var ids = new LocalHandleIds();
        var durability = new Durability(rooms.Journal);
        var change = new Change(rooms.Journal, tree, durability);
        var bases = new BaseDirectories(sources, below.Nodes, tree);
        var lookups = new MergedLookups(sources, tree, bases);
        var listings = new MergedListings(sources, tree, bases, ids);
        var removals = new Removals(tree, lookups, listings, change);
        _unchanged = new UnchangedFiles(tree, change, shared.Blocks, shared.Clock);
        var handles = new LocalHandles(tree, below.Handles, ids, _unchanged.Doubt, shared.Store.BlockSizeBytes, shared.Options.MaxReadAheadBytes);
        var attributeChanges = new AttributeChanges(tree, change);
        IsReadOnly = rooms.IsReadOnly;
        Changes = new LocalChanges(tree, below.Nodes, below.Keeper, below.Attributes, removals, change);
        Paths = new MergedPaths(tree, below.Keeper);
        FileSystem = new OverlayFileSystem(
            sources,
            tree,
            handles,
            lookups,
            listings,
            new NewInodes(tree, lookups, change),
            removals,
            new Renames(tree, lookups, listings, removals, change),
            new LocalOpens(sources, tree, handles),
            new LocalWrites(tree, handles, attributeChanges, change, durability),
            attributeChanges,
            new LocalExtendedAttributes(sources, shared.Sources, shared.Store, tree, Changes, change),
            durability,
            new RoomForWrites(shared.Store, rooms.Files),
            new ReadOnlyPlaces(shared.Mappings, tree, below.Nodes, below.Handles),
            shared.Logger);
    }

    /// <summary>
    /// A node that was local is the sources' again, and a kernel may remember what it was meanwhile; by the directory and
    /// name that led to it. Called under a lock.
    /// </summary>
    public event Action<NodeId, PathName, Node?>? Dissolved
    {
        add => _tree.Dissolved += value;
        remove => _tree.Dissolved -= value;
    }

    public IWritableFileSystem FileSystem { get; }

    public bool IsReadOnly { get; }

    public LocalChanges Changes { get; }

    public MergedPaths Paths { get; }

    /// <summary>Looks into the directories of the sources that local names lie in, where nobody has.</summary>
    public UnlistedBases BasesBy(DirectoryLister lister, LivePolls polls) => new(_tree, _keeper, lister, polls);

    /// <summary>Lets go of local files that are found to be what the sources have, for as long as it runs.</summary>
    public Task TakeBackUnchangedAsync(CancellationToken stop) => _unchanged.RunAsync(stop);

    /// <summary>Keeps nothing in the cache any more. What is written stays where it is kept.</summary>
    public void Dispose() => _bases.Dispose();

    /// <summary>True when a node of the sources has become local.</summary>
    public bool IsLocal(NodeId node)
    {
        lock (_tree.Gate)
            return _tree.Find(node) is not null;
    }

    /// <summary>By what id a kernel knows a directory of the sources.</summary>
    public NodeId KernelIdOf(Node directory)
    {
        lock (_tree.Gate)
            return _tree.FindByBase(directory.Path)?.NodeId ?? directory.Id;
    }

    /// <summary>
    /// Files that no inode names go: they were made by calls that were never acknowledged, or deleted and still open when
    /// the process died. When rows were lost they may be all that is left of a file, and are kept aside.
    /// </summary>
    public static void Sweep(OverlayRooms rooms, OverlayImage image, ILogger logger)
    {
        foreach (var loss in image.Losses) EngineLog.OverlayLoss(logger, loss);
        var named = image.Inodes.Select(inode => inode.Id).ToHashSet();
        foreach (var id in rooms.Files.List().Where(id => !named.Contains(id)))
        {
            if (image.Losses.IsEmpty) rooms.Files.Delete(id);
            else rooms.Files.SetAside(id);
        }
    }
}
