using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Engine.FileSystem;
using VirtualView.Engine.Overlay.Inodes;
using VirtualView.Engine.Overlay.Names;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Overlay.Changes;

/// <summary>Compares what is local with what the sources have by now. What was never listed is not known to be gone.</summary>
internal sealed class Conflicts(SnapshotKeeper keeper)
{
    /// <summary>Of a name that is local, its removal too.</summary>
    /// <param name="place">Where it is at the sources.</param>
    /// <param name="hidden">What they had there when it became local.</param>
    /// <param name="local">What stands there; null for what was removed.</param>
    public LocalConflict? At(VirtualPath place, HiddenEntry hidden, EntryKind? local)
    {
        var now = keeper.Current.Find(place);
        if (now is null) return IsLost(place, hidden, local) ? new LocalConflict(LocalConflictKind.BaseGone, hidden.Version, null) : null;
        return hidden.Kind switch
        {
            // What was removed was seen, so it was there.
            HiddenKind.NotRecorded when local is null => null,
            HiddenKind.NotRecorded or HiddenKind.Nothing =>
                new LocalConflict(local is { } kind && !IsOfKind(now, kind) ? LocalConflictKind.OtherKind : LocalConflictKind.NameTaken, null, now),
            _ when !IsOfKind(now, KindOf(hidden)) => new LocalConflict(LocalConflictKind.OtherKind, hidden.Version, now),
            _ => HasChanged(hidden, now) ? new LocalConflict(LocalConflictKind.BaseChanged, hidden.Version, now) : null,
        };
    }

    /// <summary>Of what was moved here from another path of the sources.</summary>
    public LocalConflict? Over(VirtualPath origin, LocalInode inode) =>
        At(origin, inode.IsDirectory ? HiddenEntry.Directory : HiddenEntry.OfFile(inode.File?.Base?.Version), inode.Kind);

    public static bool IsOfKind(SnapshotNode node, EntryKind kind) => node switch
    {
        DirectoryNode => kind == EntryKind.Directory,
        SymlinkNode => kind == EntryKind.Symlink,
        _ => kind == EntryKind.File,
    };

    /// <summary>Of what the sources had.</summary>
    public static EntryKind KindOf(HiddenEntry hidden) => hidden.Kind switch
    {
        HiddenKind.Directory => EntryKind.Directory,
        HiddenKind.Symlink => EntryKind.Symlink,
        _ => EntryKind.File,
    };

    private static bool HasChanged(HiddenEntry hidden, SnapshotNode now) => now switch
    {
        DirectoryNode directory => RemovedDirectories.HasNews(hidden.Held, directory),
        SymlinkNode link => !link.Target.AsSpan().SequenceEqual(hidden.Target.AsSpan()),
        // A version that is not known yet may be the same.
        FileNode { VersionId: { } version } file => hidden.Version is { } known && known.Id != version && !Aging.Led(known, file.Version!),
        _ => false,
    };

    /// <summary>Both sides removed it: nobody misses anything.</summary>
    private bool IsLost(VirtualPath place, HiddenEntry hidden, EntryKind? local) =>
        local is not null && hidden.Kind is not (HiddenKind.NotRecorded or HiddenKind.Nothing) && IsKnownToLack(place);

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
}
