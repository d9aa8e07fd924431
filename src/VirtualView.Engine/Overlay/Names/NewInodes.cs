using System.Collections.Immutable;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Overlay.Inodes;

namespace VirtualView.Engine.Overlay.Names;

/// <summary>Makes inodes, and gives names to them.</summary>
internal sealed class NewInodes(LocalTree tree, MergedLookups lookups, Change change)
{
    /// <summary>As on ext4: programs that try how many there can be come to an end.</summary>
    private const int MostLinks = 65_000;

    private const int SetGroupId = 0b10_000_000_000;

    /// <summary>A new inode under a name that is free. Success counts one lookup.</summary>
    public async ValueTask<Outcome<LocalInode>> MakeAsync(NodeId directory, PathName name, NewNode what, CancellationToken cancel)
    {
        var free = await IsFreeAsync(directory, name, cancel);
        if (free != FileSystemError.None) return free;
        lock (tree.Gate)
        {
            if (Into(directory, name, out var error) is not { } parent) return error;
            var inode = New(what, parent, links: 1);
            change.Begin();
            change.Put(inode, inode.Record);
            change.SetEntry(parent, name, inode);
            change.Touch(parent, tree.Now);
            error = change.Commit();
            if (error != FileSystemError.None) return error;
            tree.Add(inode);
            tree.SetEntry(parent, name, inode);
            tree.CountLookup(inode);
            return inode;
        }
    }

    /// <summary>A file that has no name, in memory only. Success counts one lookup.</summary>
    public Outcome<LocalInode> MakeUnnamed(NodeId directory, NewNode what)
    {
        lock (tree.Gate)
        {
            if (tree.Of(directory) is not { } parent) return FileSystemError.Stale;
            if (!parent.IsDirectory) return FileSystemError.NotADirectory;
            if (parent.IsGone) return FileSystemError.NotFound;
            var inode = New(what, parent, links: 0);
            tree.Add(inode);
            tree.CountLookup(inode);
            return inode;
        }
    }

    /// <summary>One more name. Success counts one lookup.</summary>
    public async ValueTask<Outcome<NodeAttributes>> LinkAsync(NodeId node, NodeId directory, PathName name, CancellationToken cancel)
    {
        var free = await IsFreeAsync(directory, name, cancel);
        if (free != FileSystemError.None) return free;
        lock (tree.Gate)
        {
            if (tree.Of(node) is not { } inode) return FileSystemError.Stale;
            if (inode.IsDirectory) return FileSystemError.NotPermitted;
            if (inode.Record.Links >= MostLinks) return FileSystemError.TooManyLinks;
            if (Into(directory, name, out var error) is not { } parent) return error;
            change.Begin();
            if (!inode.IsGone) change.Include(inode);
            var record = change.Of(inode);
            change.Put(inode, record with { Links = record.Links + 1, ChangedAt = tree.Now, KeepsAttributes = false });
            foreach (var attribute in inode.IsInJournal || inode.Attributes is null ? [] : inode.Attributes.Values)
                change.Rows.Attributes.Add(new LocalAttribute(inode.Id, attribute.Name, attribute.Value));
            change.SetEntry(parent, name, inode);
            change.Touch(parent, tree.Now);
            error = change.Commit();
            if (error != FileSystemError.None) return error;
            tree.SetEntry(parent, name, inode);
            tree.CountLookup(inode);
            return LocalNodeAttributes.Of(inode);
        }
    }

    private async ValueTask<FileSystemError> IsFreeAsync(NodeId directory, PathName name, CancellationToken cancel)
    {
        var there = await lookups.FindAsync(directory, name, cancel);
        if (!there.TryGet(out var found)) return there.Error == FileSystemError.NotFound ? FileSystemError.None : there.Error;
        lookups.Forget(found.Node);
        return FileSystemError.Exists;
    }

    /// <summary>The directory in which the name is free still.</summary>
    private LocalInode? Into(NodeId directory, PathName name, out FileSystemError error)
    {
        var parent = tree.Of(directory);
        error = parent switch
        {
            null => FileSystemError.Stale,
            { IsDirectory: false } => FileSystemError.NotADirectory,
            { IsGone: true } => FileSystemError.NotFound,
            _ when parent.Directory!.Entries.GetValueOrDefault(name) is not null => FileSystemError.Exists,
            _ => FileSystemError.None,
        };
        return error == FileSystemError.None ? parent : null;
    }

    private LocalInode New(NewNode what, LocalInode parent, uint links)
    {
        var now = tree.Now;
        var id = tree.NextId();
        var inherits = (parent.Record.Mode & SetGroupId) != 0;
        var record = new LocalInodeRecord
        {
            Id = id,
            Kind = what.Kind,
            Mode = what.Mode | (inherits && what.Kind == EntryKind.Directory ? SetGroupId : 0),
            Uid = what.Owner.Uid,
            Gid = inherits ? parent.Record.Gid : what.Owner.Gid,
            Links = links,
            InodeNumber = LocalInode.FirstNode + id.Value,
            AccessedAt = now,
            ModifiedAt = now,
            ChangedAt = now,
            Device = what.Device,
            Target = [.. what.Target.Span],
        };
        return tree.New(record);
    }
}
