using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Engine.Handles;
using VirtualView.Engine.Mappings;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Overlay.Inodes;

namespace VirtualView.Engine.Overlay;

/// <summary>
/// What must not be changed, because a mapping that is read only shows it. The modes do not say so, as on a disk that is
/// mounted read only.
/// </summary>
internal sealed class ReadOnlyPlaces(MappingTable mappings, LocalTree tree, NodeTable nodes, HandleTable handles)
{
    /// <summary>True for what lies in such a mapping, and for its root.</summary>
    public bool Has(NodeId node) => mappings.HasReadOnly && PathOf(node) is { } path && mappings.IsReadOnly(path);

    /// <summary>
    /// True for a name in such a directory, and for one that such a mapping stands at or below: with it all of that would
    /// go elsewhere.
    /// </summary>
    public bool Has(NodeId directory, PathName name) =>
        mappings.HasReadOnly && PathOf(directory) is { } path && (mappings.IsReadOnly(path) || mappings.IsReadOnlyBelow(path / name));

    /// <summary>True for an open file of the sources that nobody can change.</summary>
    public bool HasOpen(HandleId file) => mappings.HasReadOnly && handles.File(file) is { } open && mappings.IsReadOnly(open.Node.Path);

    private VirtualPath? PathOf(NodeId node)
    {
        lock (tree.Gate)
        {
            if (tree.Find(node) is { } local) return LocalTree.PathOf(local);
        }

        return nodes.Find(node)?.Path;
    }
}
