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
                tree.RemoveEntry(parent, name);
                tree.Tidy(inode);
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
                TakeName(parent, name);
                TakeDirectory(inode);
                var error = change.Commit();
                if (error != FileSystemError.None) return error;
                tree.RemoveEntry(parent, name);
                Went(inode);
                return FileSystemError.None;
            }
        }
        finally
        {
            lookups.Forget(node.Node);
        }
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
        if (tree.NeedsWhiteout(parent, name)) change.SetEntry(parent, name, null);
        else change.RemoveEntry(parent, name);
        Touch(parent);
    }

    public void Touch(LocalInode directory) =>
        change.Put(directory, change.Of(directory) with { ModifiedAt = tree.Now, ChangedAt = tree.Now });

    /// <summary>Stages that an inode loses one of its names.</summary>
    public void TakeLink(LocalInode inode)
    {
        var record = change.Of(inode) with { Links = inode.Record.Links - 1, ChangedAt = tree.Now };
        if (record.Links > 0)
        {
            change.Put(inode, record);
            return;
        }

        change.Remove(inode, record);
    }

    /// <summary>Stages that an empty directory goes, with its whiteouts.</summary>
    public void TakeDirectory(LocalInode directory)
    {
        if (directory.IsInJournal)
        {
            foreach (var name in directory.Directory!.Entries.Keys) change.Rows.RemovedEntries.Add((directory.Id, name));
        }

        change.Remove(directory, directory.Record with { Links = 0, ChangedAt = tree.Now });
    }

    /// <summary>The same in memory.</summary>
    public void Went(LocalInode directory)
    {
        directory.Directory!.Entries.Clear();
        directory.Directory.Changes++;
        tree.ForgetBase(directory);
        tree.Tidy(directory);
    }
}
