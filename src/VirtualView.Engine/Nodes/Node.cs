using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Nodes;

/// <summary>
/// What a kernel holds on to: a name at the time of its lookup. A directory is one node as long as it is there; a file's
/// node is of one version for ever. A kernel may hold millions, so a node keeps nothing that can be put together.
/// </summary>
internal sealed class Node
{
    private bool _isSuperseded; // set under the table's lock, never unset

    /// <param name="directory">Null for the root.</param>
    /// <param name="rootInode">The inode number of a root; of no matter for others.</param>
    public Node(NodeId id, Node? directory, SnapshotNode entry, ulong rootInode = Nodes.InodeNumber.Root)
    {
        (Id, Directory) = (id, directory);
        // The entries below a directory change while its node lives: the old ones must not be held by it.
        Entry = entry is DirectoryNode known ? DirectoryNode.Unknown(known.Name, known.ModifiedAt) : entry;
        if (Entry is DirectoryNode) Place = DirectoryPlace.Of(directory, entry, rootInode);
    }

    public NodeId Id { get; }

    /// <summary>Null for the root.</summary>
    public Node? Directory { get; }

    /// <summary>The entry as it was looked up; for a file that is its version, for a directory only its kind counts.</summary>
    public SnapshotNode Entry { get; }

    /// <summary>What only a directory has; null for all others.</summary>
    public DirectoryPlace? Place { get; }

    public PathName Name => Entry.Name;

    public VirtualPath Path => Place?.Path ?? Directory!.Path / Name;

    public ulong InodeNumber => Place?.InodeNumber ?? Nodes.InodeNumber.Of(Directory!.InodeNumber, Entry);

    public FileVersion? Version => (Entry as FileNode)?.Version;

    /// <summary>Guarded by the table's lock.</summary>
    public ulong Lookups { get; set; }

    /// <summary>Open handles on this node. Guarded by the table's lock.</summary>
    public int Handles { get; set; }

    /// <summary>True when nobody names it any more, directly or by what lies in it.</summary>
    public bool IsUnused => Lookups == 0 && Handles == 0 && Place is not { Nodes: > 0 } && Directory is not null;

    /// <summary>True once the path leads elsewhere, by its own name or by a directory above it.</summary>
    public bool IsSuperseded => _isSuperseded || Directory?.IsSuperseded == true;

    public EntryKind Kind => Entry switch
    {
        DirectoryNode => EntryKind.Directory,
        SymlinkNode => EntryKind.Symlink,
        _ => EntryKind.File,
    };

    public void Supersede() => _isSuperseded = true;

    /// <summary>True when the entry that the snapshot has now is what this node stands for.</summary>
    public bool StandsFor(SnapshotNode? current) => (Entry, current) switch
    {
        (DirectoryNode, DirectoryNode) => true,
        (FileNode mine, FileNode other) => mine.SameEntry(other),
        (SymlinkNode mine, SymlinkNode other) => mine.SameEntry(other),
        _ => false,
    };
}
