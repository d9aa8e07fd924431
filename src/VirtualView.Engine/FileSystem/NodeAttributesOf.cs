using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Engine.Mappings;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Options;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.FileSystem;

/// <summary>Makes the attributes of nodes: size and time from the version, owner and mode from the mapping.</summary>
internal sealed class NodeAttributesOf(SnapshotKeeper keeper, MappingTable mappings)
{
    private const int SymlinkMode = 0b111_111_111;

    /// <summary>What a path has that no mapping covers: a directory that only leads to mappings.</summary>
    private static readonly MappingOptions Uncovered = new() { At = VirtualPath.Root, Sources = [] };

    public NodeAttributes Of(Node node)
    {
        // Only directories are mapped, so the one above decides; its path is at hand.
        var mapping = mappings.Covering((node.Kind == EntryKind.Directory ? node : node.Directory!).Path) ?? Uncovered;
        return new NodeAttributes
        {
            Node = node.Id,
            InodeNumber = node.InodeNumber,
            Kind = node.Kind,
            SizeBytes = Size(node.Entry),
            ModifiedAt = ModifiedAt(node),
            Mode = Mode(node.Kind, mapping),
            Uid = mapping.Uid,
            Gid = mapping.Gid,
            // Also of a directory: 2 would say that it has no directories in it, and some tools would not look.
            Links = 1,
        };
    }

    /// <summary>Whether a directory of the sources shows with this mode and owner.</summary>
    public bool ShowsAs(VirtualPath directory, int mode, uint uid, uint gid)
    {
        var mapping = mappings.Covering(directory) ?? Uncovered;
        return (mapping.DirMode, mapping.Uid, mapping.Gid) == (mode, uid, gid);
    }

    private static int Mode(EntryKind kind, MappingOptions mapping) => kind switch
    {
        EntryKind.Directory => mapping.DirMode,
        EntryKind.Symlink => SymlinkMode,
        _ => mapping.FileMode,
    };

    private static long Size(SnapshotNode entry) => entry switch
    {
        FileNode file => file.SizeBytes,
        SymlinkNode link => link.Target.Length,
        _ => 0,
    };

    /// <summary>A directory's node lives over snapshots, so its time is looked up; the others' are part of what they are.</summary>
    private UnixTime ModifiedAt(Node node) => node.Entry switch
    {
        FileNode file => file.ModifiedAt,
        SymlinkNode link => link.ModifiedAt,
        DirectoryNode known => (keeper.Current.Find(node.Path) as DirectoryNode ?? known).ModifiedAt,
        _ => default,
    };
}
