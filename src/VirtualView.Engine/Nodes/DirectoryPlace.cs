using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;

namespace VirtualView.Engine.Nodes;

/// <summary>What the node of a directory has beyond those of files: where it is, kept because all in it ask for it, and who is in it.</summary>
internal sealed class DirectoryPlace(VirtualPath path, ulong inodeNumber)
{
    public VirtualPath Path { get; } = path;

    public ulong InodeNumber { get; } = inodeNumber;

    /// <summary>The nodes that its names lead to now. Guarded by the table's lock.</summary>
    public NamedNodes ByName { get; } = new();

    /// <summary>All nodes in it, also superseded ones: they find their place in the view through it. Guarded by the table's lock.</summary>
    public int Nodes { get; set; }

    public static DirectoryPlace Of(Node? directory, SnapshotNode entry, ulong rootInode) =>
        directory is null
            ? new DirectoryPlace(VirtualPath.Root, rootInode)
            : new DirectoryPlace(directory.Path / entry.Name, Engine.Nodes.InodeNumber.Of(directory.InodeNumber, entry));
}
