using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Nodes;

/// <summary>
/// What a kernel holds on to: a name at the time of its lookup. A directory is one node as long as it is there; a file's
/// node is of one version for ever.
/// </summary>
internal sealed class Node
{
    private readonly VirtualPath _path;
    private bool _isSuperseded; // set under the table's lock, never unset

    public Node(NodeId id, Node? directory, SnapshotNode entry)
    {
        (Id, Directory, Name) = (id, directory, entry.Name);
        // A file's is put together when it is asked for: there may be a million of them.
        if (directory is not null && entry is not FileNode) _path = directory.Path / entry.Name;
        InodeNumber = directory is null ? Nodes.InodeNumber.Root : Nodes.InodeNumber.Of(directory.InodeNumber, entry);
        Entry = entry;
    }

    public NodeId Id { get; }

    /// <summary>Null for the root.</summary>
    public Node? Directory { get; }

    public PathName Name { get; }

    public VirtualPath Path => Entry is FileNode ? Directory!.Path / Name : _path;

    public ulong InodeNumber { get; }

    /// <summary>The entry as it was looked up; for a file that is its version, for a directory only its kind counts.</summary>
    public SnapshotNode Entry { get; }

    public FileVersion? Version => (Entry as FileNode)?.Version;

    /// <summary>Guarded by the table's lock.</summary>
    public ulong Lookups { get; set; }

    /// <summary>Nodes in this directory: they find their place in the view through it. Guarded by the table's lock.</summary>
    public int Children { get; set; }

    /// <summary>Open handles on this node. Guarded by the table's lock.</summary>
    public int Handles { get; set; }

    /// <summary>True when nobody names it any more, directly or by what lies in it.</summary>
    public bool IsUnused => Lookups == 0 && Handles == 0 && Children == 0 && Directory is not null;

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
