using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Overlay.Inodes;
using VirtualView.Engine.Polling;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Overlay.Changes;

/// <summary>Compares local inodes with what the sources have by now. What was never listed is not known to be gone.</summary>
internal sealed class Conflicts(SnapshotKeeper keeper)
{
    /// <summary>Of what lies over something of the sources.</summary>
    public LocalConflict? Over(VirtualPath origin, LocalInode inode)
    {
        var now = keeper.Current.Find(origin);
        var version = inode.File?.Base?.Version;
        if (now is null) return IsKnownToLack(origin) ? new LocalConflict(LocalConflictKind.BaseGone, version, null) : null;
        if (!IsOfKind(now, inode.Kind)) return new LocalConflict(LocalConflictKind.OtherKind, version, now);
        // A version that is not known yet may be the same.
        return version is not null && now is FileNode { HasVersion: true } file && !IsSame(version, file)
            ? new LocalConflict(LocalConflictKind.BaseChanged, version, now)
            : null;
    }

    /// <summary>Of what was made here under a name that the sources may have too.</summary>
    public LocalConflict? InPlaceOf(VirtualPath place, LocalInode inode) =>
        keeper.Current.Find(place) is not { } now ? null
        : new LocalConflict(IsOfKind(now, inode.Kind) ? LocalConflictKind.NameTaken : LocalConflictKind.OtherKind, null, now);

    /// <summary>Of a file of the sources that was emptied, which lies over nothing since: its inode number tells of which version it was.</summary>
    public LocalConflict? OfEmptied(VirtualPath place, LocalInode inode) => keeper.Current.Find(place) switch
    {
        FileNode { HasVersion: false } => null,
        FileNode file when NumberOf(place, file) == inode.Record.InodeNumber => null,
        FileNode file => new LocalConflict(LocalConflictKind.BaseChanged, null, file),
        { } other => new LocalConflict(LocalConflictKind.OtherKind, null, other),
        null => null,
    };

    public static bool IsOfKind(SnapshotNode node, EntryKind kind) => node switch
    {
        DirectoryNode => kind == EntryKind.Directory,
        SymlinkNode => kind == EntryKind.Symlink,
        _ => kind == EntryKind.File,
    };

    /// <summary>A version that was too young to be trusted is another one, by its id, when it has aged as it was.</summary>
    private static bool IsSame(FileVersion below, FileNode now) =>
        now.VersionId == below.Id || (FileResolver.IsRacy(below) && now.SizeBytes == below.SizeBytes && now.ModifiedAt == below.ModifiedAt);

    private bool IsKnownToLack(VirtualPath path)
    {
        SnapshotNode? at = keeper.Current.Root;
        foreach (var name in path.Names)
        {
            if (at is not DirectoryNode directory) return true;
            if (!directory.IsListed) return false;
            at = directory.Find(name);
        }

        return at is null;
    }

    private static ulong NumberOf(VirtualPath path, FileNode file)
    {
        var directory = path.Parent.Names.Aggregate(InodeNumber.Root, (above, name) => InodeNumber.Of(above, name, null));
        return InodeNumber.Of(directory, file);
    }
}
