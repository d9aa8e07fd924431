using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;

namespace VirtualView.Fuse.TestHost.Writable;

/// <summary>Whatever a name can lead to in a <see cref="WritableFileSystem"/>, which guards all of it by its lock.</summary>
internal sealed class Inode(NodeId id, EntryKind kind)
{
    private const int SetGroup = 0x400;
    private const int SetUser = 0x800;
    private const int GroupMayExecute = 8;

    public NodeId Id { get; } = id;

    public EntryKind Kind { get; } = kind;

    public int Mode { get; set; }

    public uint Uid { get; set; }

    public uint Gid { get; set; }

    public uint Links { get; set; }

    public uint Device { get; init; }

    public ReadOnlyMemory<byte> Target { get; init; }

    public UnixTime AccessedAt { get; set; }

    public UnixTime ModifiedAt { get; set; }

    public UnixTime ChangedAt { get; set; }

    public Bytes Content { get; } = new();

    public Dictionary<PathName, Inode> Entries { get; } = [];

    /// <summary>Of a directory.</summary>
    public Inode? Parent { get; set; }

    /// <summary>By their names as text of one byte a letter.</summary>
    public SortedDictionary<string, byte[]> Labels { get; } = new(StringComparer.Ordinal);

    public long Lookups { get; set; }

    public int Opens { get; set; }

    public bool IsDirectory => Kind == EntryKind.Directory;

    public NodeAttributes Attributes => new()
    {
        Node = Id,
        InodeNumber = Id.Value + 1000,
        Kind = Kind,
        SizeBytes = Kind == EntryKind.Symlink ? Target.Length : Content.Size,
        AllocatedBytes = Content.Allocated,
        AccessedAt = AccessedAt,
        ModifiedAt = ModifiedAt,
        ChangedAt = ChangedAt,
        Device = Device,
        Mode = Mode,
        Uid = Uid,
        Gid = Gid,
        Links = Links,
    };

    public bool GivesGroup => (Mode & SetGroup) != 0;

    /// <summary>Takes set-user-ID away, and set-group-ID where it is not a mark for locks.</summary>
    public void DropPrivileges()
    {
        Mode &= ~SetUser;
        if ((Mode & GroupMayExecute) != 0) Mode &= ~SetGroup;
        Labels.Remove("security.capability");
    }

    public void InheritGroup(Inode directory)
    {
        if (!directory.GivesGroup) return;
        Gid = directory.Gid;
        if (IsDirectory) Mode |= SetGroup;
    }

    public bool IsBelow(Inode directory)
    {
        for (var at = this; at is not null; at = at.Parent)
        {
            if (at == directory) return true;
        }

        return false;
    }
}
