using System.Collections.Immutable;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Overlay.Content;

namespace VirtualView.Engine.Overlay.Inodes;

/// <summary>
/// An inode of the overlay, as long as it has a name or a user. All but the content of a file is guarded by the gate of
/// <see cref="LocalTree"/>.
/// </summary>
internal sealed class LocalInode
{
    /// <summary>Node ids of local inodes begin here; those of the sources stay far below, those of virtual files lie above.</summary>
    public const ulong FirstNode = 1UL << 61;

    public LocalInode(LocalInodeRecord record, LocalDirectory? directory, LocalFile? file)
    {
        Record = record;
        (Directory, File) = (directory, file);
    }

    /// <summary>The attributes, as the journal has them or would have them.</summary>
    public LocalInodeRecord Record { get; set; }

    public LocalId Id => Record.Id;

    public EntryKind Kind => Record.Kind;

    /// <summary>The names in it; null for all that is no directory.</summary>
    public LocalDirectory? Directory { get; }

    /// <summary>The bytes; null for all that is no regular file.</summary>
    public LocalFile? File { get; }

    /// <summary>Null until an attribute is set.</summary>
    public SortedList<string, (ImmutableArray<byte> Name, ImmutableArray<byte> Value)>? Attributes { get; set; }

    /// <summary>A directory that has it under <see cref="Name"/>: the only one for a directory, and for what the journal does not have yet.</summary>
    public LocalInode? Parent { get; set; }

    public PathName Name { get; set; }

    /// <summary>False for what is only in memory: a file that was opened for writing and has not changed, and the directories above it.</summary>
    public bool IsInJournal { get; set; }

    /// <summary>The number of the last commit that this inode, or one of its names, was part of.</summary>
    public long CommittedAt;

    /// <summary>An attribute was set, so it is not what the sources have even if all bytes are.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Whether it differs from the sources is to be found out.</summary>
    public bool IsDoubted { get; set; }

    /// <summary>The node of the sources by which a kernel knows it since before it was local.</summary>
    public Node? Alias { get; set; }

    /// <summary>Lookups by the id of its own; those by its alias are counted there.</summary>
    public ulong Lookups { get; set; }

    /// <summary>Open files and directories.</summary>
    public int Handles { get; set; }

    public NodeId NodeId => Id == LocalId.Root ? NodeId.Root : Alias?.Id ?? new NodeId(FirstNode + Id.Value);

    public bool IsGone => Record.Links == 0;

    public bool IsDirectory => Directory is not null;
}
