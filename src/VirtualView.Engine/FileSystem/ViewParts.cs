using VirtualView.Engine.Handles;
using VirtualView.Engine.History;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.FileSystem;

/// <summary>One view over one line of snapshots: its nodes, its handles, and the file system made of them.</summary>
internal sealed record ViewParts(
    SnapshotKeeper Keeper, IOrigin Origin, NodeTable Nodes, HandleTable Handles, NodeAttributesOf Attributes, ViewFileSystem Files)
{
    public static ViewParts Over(SnapshotKeeper keeper, NodeTable nodes, IOrigin origin, SharedParts shared, IReadObserver? observer)
    {
        var handles = new HandleTable();
        var attributes = new NodeAttributesOf(keeper, shared.Mappings);
        var lookups = new Lookups(keeper, nodes, origin, attributes);
        var reads = new FileReads(nodes, handles, origin, shared.Pinned, shared.Blocks, shared.Counters, shared.Options.MaxReadAheadBytes, observer);
        var files = new ViewFileSystem(
            nodes,
            lookups,
            reads,
            new DirectoryReads(nodes, handles, lookups, origin, attributes),
            new ExtendedAttributes(nodes, shared.Sources, shared.Store),
            shared.Store,
            2 * shared.Options.FetchTimeout,
            shared.Clock,
            shared.Logger);
        return new ViewParts(keeper, origin, nodes, handles, attributes, files);
    }
}
