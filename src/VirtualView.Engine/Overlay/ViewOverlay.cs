using Microsoft.Extensions.Logging;
using VirtualView.Core.Blocks;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Overlay;
using VirtualView.Engine.Fetching;
using VirtualView.Engine.FileSystem;
using VirtualView.Engine.Handles;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Overlay.Changes;
using VirtualView.Engine.Overlay.Content;
using VirtualView.Engine.Overlay.Inodes;
using VirtualView.Engine.Overlay.Listing;
using VirtualView.Engine.Overlay.Names;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.Overlay;

/// <summary>The overlay of one view: puts its parts together over what the sources show.</summary>
internal sealed class ViewOverlay
{
    private readonly LocalTree _tree;

    public ViewOverlay(
        OverlayRooms rooms, OverlayImage image, ISourcesView sources, NodeTable nodes, SnapshotKeeper keeper, NodeAttributesOf attributes,
        HandleTable handlesBelow, SourceTable table, PinnedVersions pinned, BlockReader blocks, IBlockStore store, long maxReadAheadBytes,
        TimeProvider clock, ILogger logger)
    {
        var files = new LocalFiles(rooms.Files, pinned, blocks, clock);
        var tree = _tree = new LocalTree(image, nodes, keeper, attributes, files, clock);
        var ids = new LocalHandleIds();
        var durability = new Durability(rooms.Journal);
        var change = new Change(rooms.Journal, durability);
        var bases = new BaseDirectories(sources, nodes, tree);
        var lookups = new MergedLookups(sources, tree, bases);
        var listings = new MergedListings(sources, tree, bases, ids);
        var removals = new Removals(tree, lookups, listings, change);
        var handles = new LocalHandles(tree, handlesBelow, ids, store.BlockSizeBytes, maxReadAheadBytes);
        var attributeChanges = new AttributeChanges(tree, change);
        IsReadOnly = rooms.IsReadOnly;
        Changes = new LocalChanges(tree, nodes, keeper, removals, change);
        Paths = new MergedPaths(tree, keeper);
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
            new LocalExtendedAttributes(sources, table, tree, change),
            durability,
            new RoomForWrites(store, rooms.Files),
            logger);
    }

    public IWritableFileSystem FileSystem { get; }

    public bool IsReadOnly { get; }

    public LocalChanges Changes { get; }

    public MergedPaths Paths { get; }

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
            _ = image.Losses.IsEmpty ? rooms.Files.Delete(id) : rooms.Files.SetAside(id);
    }
}
