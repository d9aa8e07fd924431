using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Engine.Overlay.Inodes;
using VirtualView.Engine.Overlay.Listing;

namespace VirtualView.Engine.Overlay.Names;

/// <summary>Takes names away.</summary>
internal sealed class Removals(LocalTree tree, MergedLookups lookups, MergedListings listings, Change change)
{
    public async ValueTask<FileSystemError> UnlinkAsync(NodeId directory, PathName name, CancellationToken cancel)
    {
        var found = await lookups.FindAsync(directory, name, cancel);
        if (!found.TryGet(out var node)) return found.Error;
        try
        {
            lock (tree.Gate)
            {
                if (!TryGet(directory, name, node.Node, out var parent, out var inode)) return FileSystemError.Stale;
                if (inode.IsDirectory) return FileSystemError.IsADirectory;
                change.Begin();
                TakeName(parent, name);
                TakeLink(inode);
                var error = change.Commit();
                if (error != FileSystemError.None) return error;
                LostLink(inode);
                return FileSystemError.None;
            }
        }
        finally
        {
            lookups.Forget(node.Node);
        }
    }

    public async ValueTask<FileSystemError> RemoveDirectoryAsync(NodeId directory, PathName name, CancellationToken cancel)
    {
        var found = await lookups.FindAsync(directory, name, cancel);
        if (!found.TryGet(out var node)) return found.Error;
        try
        {
            if (node.Kind != Core.Sources.EntryKind.Directory) return FileSystemError.NotADirectory;
            var empty = await listings.IsEmptyAsync(node.Node, cancel);
            if (empty != FileSystemError.None) return empty;
            lock (tree.Gate)
            {
                if (!TryGet(directory, name, node.Node, out var parent, out var inode)) return FileSystemError.Stale;
                if (inode.Directory!.HasNames) return FileSystemError.NotEmpty;
                change.Begin();
                RecordHeld(inode);
                TakeName(parent, name);
                TakeLink(inode);
                var error = change.Commit();
                if (error != FileSystemError.None) return error;
                LostLink(inode);
                return FileSystemError.None;
            }
        }
        finally
        {
            lookups.Forget(node.Node);
        }
    }

    /// <summary>Stages, before the directory is removed, what of the sources goes with it. Its own name there may be another one.</summary>
    public void RecordHeld(LocalInode directory)
    {
        if (directory.Directory?.Base is not { IsRoot: false } path || tree.FindByBase(path.Parent) is not { IsGone: false } above) return;
        if (!above.Directory!.Entries.ContainsKey(path.Name) || above.Directory.HiddenBy(path.Name).Kind != HiddenKind.Directory) return;
        if (tree.NeedsWhiteout(above, path.Name)) change.Hide(above, path.Name, HiddenEntry.Directory with { Held = RemovedDirectories.HeldBy(directory.Directory) });
    }

    /// <summary>The local inodes of a directory and of what a name in it led to; false when it leads elsewhere by now.</summary>
    public bool TryGet(NodeId directory, PathName name, NodeId node, out LocalInode parent, out LocalInode inode)
    {
        (parent, inode) = (tree.Of(directory)!, tree.Of(node)!);
        return parent is { IsGone: false, IsDirectory: true } && inode is not null && parent.Directory!.Entries.GetValueOrDefault(name) == inode;
    }

    /// <summary>Stages that the directory loses the name.</summary>
    public void TakeName(LocalInode parent, PathName name)
    {
        change.TakeName(parent, name);
        change.Touch(parent, tree.Now);
    }

    /// <summary>Stages that an inode loses one of its names: its only one, if it is a directory, which must be empty.</summary>
    public void TakeLink(LocalInode inode)
    {
        var before = change.Of(inode);
        var after = before with { Links = before.Links - 1, ChangedAt = tree.Now };
        if (after.Links > 0)
        {
            change.Put(inode, after);
            return;
        }

        // Of an empty directory there may be whiteouts.
        if (inode is { IsInJournal: true, Directory: { } names })
        {
            foreach (var name in names.Entries.Keys) change.Rows.RemovedEntries.Add((inode.Id, name));
        }

        change.Remove(inode, after);
    }

    /// <summary>The same in memory.</summary>
    public void LostLink(LocalInode inode)
    {
        if (inode.Directory is { } names)
        {
            names.Clear();
            tree.ForgetBase(inode);
        }

        tree.Tidy(inode);
    }
}
