using VirtualView.Core.Crashes;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Overlay.Inodes;
using VirtualView.Engine.Overlay.Listing;

namespace VirtualView.Engine.Overlay.Names;

/// <summary>Moves names, in one change whatever they lead to.</summary>
internal sealed class Renames(LocalTree tree, MergedLookups lookups, MergedListings listings, Removals removals, Change change)
{
    public async ValueTask<FileSystemError> RenameAsync(
        NodeId fromDirectory, PathName from, NodeId toDirectory, PathName to, RenameMode mode, CancellationToken cancel)
    {
        var source = await lookups.FindAsync(fromDirectory, from, cancel);
        if (!source.TryGet(out var moved)) return source.Error;
        try
        {
            var target = await lookups.FindAsync(toDirectory, to, cancel);
            if (!target.TryGet(out var replaced))
                return target.Error == FileSystemError.NotFound ? Move(fromDirectory, from, moved.Node, toDirectory, to, null, mode) : target.Error;
            try
            {
                if (mode == RenameMode.NoReplace) return FileSystemError.Exists;
                if (moved.Node == replaced.Node) return FileSystemError.None;
                if (mode == RenameMode.Exchange) return Exchange(fromDirectory, from, moved.Node, toDirectory, to, replaced.Node);
                var unfit = await FitsAsync(moved, replaced, cancel);
                return unfit != FileSystemError.None ? unfit : Move(fromDirectory, from, moved.Node, toDirectory, to, replaced.Node, mode);
            }
            finally
            {
                lookups.Forget(replaced.Node);
            }
        }
        finally
        {
            lookups.Forget(moved.Node);
        }
    }

    private async ValueTask<FileSystemError> FitsAsync(NodeAttributes moved, NodeAttributes replaced, CancellationToken cancel) =>
        (moved.Kind == EntryKind.Directory, replaced.Kind == EntryKind.Directory) switch
        {
            (true, false) => FileSystemError.NotADirectory,
            (false, true) => FileSystemError.IsADirectory,
            (true, true) => await listings.IsEmptyAsync(replaced.Node, cancel),
            _ => FileSystemError.None,
        };

    private FileSystemError Move(
        NodeId fromDirectory, PathName from, NodeId moved, NodeId toDirectory, PathName to, NodeId? replaced, RenameMode mode)
    {
        if (mode == RenameMode.Exchange) return FileSystemError.NotFound;
        lock (tree.Gate)
        {
            if (!removals.TryGet(fromDirectory, from, moved, out var source, out var inode)) return FileSystemError.Stale;
            if (tree.Of(toDirectory) is not { } target) return FileSystemError.Stale;
            if (!target.IsDirectory) return FileSystemError.NotADirectory;
            if (target.IsGone) return FileSystemError.NotFound;
            var victim = replaced is { } node ? tree.Of(node) : null;
            if (target.Directory!.Entries.GetValueOrDefault(to) != victim) return FileSystemError.Stale;
            if (victim is { IsDirectory: true, Directory.HasNames: true }) return FileSystemError.NotEmpty;
            if (inode.IsDirectory && tree.IsBelow(target, inode)) return FileSystemError.InvalidArgument;

            change.Begin();
            if (victim is not null) removals.RecordHeld(victim);
            removals.TakeName(source, from);
            if (victim is not null) removals.TakeLink(victim);
            change.SetEntry(target, to, inode);
            change.Touch(target, tree.Now);
            change.Put(inode, change.Of(inode) with { ChangedAt = tree.Now, KeepsAttributes = false });
            var error = change.Commit();
            if (error != FileSystemError.None) return error;
            CrashPoint.Reached(CrashPoints.OverlayRenameCommitted);
            tree.SetEntry(target, to, inode);
            if (victim is not null) removals.LostLink(victim);
            return FileSystemError.None;
        }
    }

    private FileSystemError Exchange(NodeId oneDirectory, PathName oneName, NodeId one, NodeId otherDirectory, PathName otherName, NodeId other)
    {
        lock (tree.Gate)
        {
            if (!removals.TryGet(oneDirectory, oneName, one, out var source, out var first)) return FileSystemError.Stale;
            if (!removals.TryGet(otherDirectory, otherName, other, out var target, out var second)) return FileSystemError.Stale;
            if (first.IsDirectory && tree.IsBelow(target, first)) return FileSystemError.InvalidArgument;
            if (second.IsDirectory && tree.IsBelow(source, second)) return FileSystemError.InvalidArgument;
            change.Begin();
            change.SetEntry(source, oneName, second);
            change.SetEntry(target, otherName, first);
            change.Touch(source, tree.Now);
            change.Touch(target, tree.Now);
            change.Put(first, change.Of(first) with { ChangedAt = tree.Now, KeepsAttributes = false });
            change.Put(second, change.Of(second) with { ChangedAt = tree.Now, KeepsAttributes = false });
            var error = change.Commit();
            if (error != FileSystemError.None) return error;
            tree.SetEntry(source, oneName, second);
            tree.SetEntry(target, otherName, first);
            return FileSystemError.None;
        }
    }
}
