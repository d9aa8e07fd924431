using VirtualView.Core.Paths;

namespace VirtualView.Core.Overlay;

/// <summary>What one call changes, all of it or nothing. Reused from call to call.</summary>
public sealed class OverlayChanges
{
    /// <summary>Inodes that are new or changed, whole.</summary>
    public List<LocalInodeRecord> Inodes { get; } = [];

    /// <summary>Inodes that go, with their extended attributes; their entries are removed by name.</summary>
    public List<LocalId> RemovedInodes { get; } = [];

    /// <summary>Entries that are new or lead elsewhere.</summary>
    public List<LocalEntry> Entries { get; } = [];

    public List<(LocalId Directory, PathName Name)> RemovedEntries { get; } = [];

    public List<LocalAttribute> Attributes { get; } = [];

    public List<(LocalId Inode, ReadOnlyMemory<byte> Name)> RemovedAttributes { get; } = [];

    public bool IsEmpty =>
        Inodes.Count + RemovedInodes.Count + Entries.Count + RemovedEntries.Count + Attributes.Count + RemovedAttributes.Count == 0;

    /// <summary>True for what takes something away, which a full disk must let happen.</summary>
    public bool Removes => RemovedInodes.Count + RemovedEntries.Count + RemovedAttributes.Count > 0 || Entries.Exists(entry => entry.Target is null);

    public void Clear()
    {
        Inodes.Clear();
        RemovedInodes.Clear();
        Entries.Clear();
        RemovedEntries.Clear();
        Attributes.Clear();
        RemovedAttributes.Clear();
    }
}
