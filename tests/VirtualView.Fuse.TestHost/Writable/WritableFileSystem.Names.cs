using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Fuse.TestHost.Writable;

/// <content>What changes names.</content>
public sealed partial class WritableFileSystem
{
    public ValueTask<Outcome<NodeAttributes>> MakeAsync(NodeId directory, PathName name, NewNode what, CancellationToken cancel) =>
        new(Attributes(() => Make(directory, name, what)));

    public ValueTask<Outcome<CreatedFile>> CreateAsync(NodeId directory, PathName name, NewNode what, OpenIntent intent, CancellationToken cancel)
    {
        lock (_gate)
        {
            var made = Make(directory, name, what);
            return new(made.TryGet(out var inode) ? new CreatedFile(inode.Attributes, Open(inode, intent)) : made.Error);
        }
    }

    public ValueTask<Outcome<CreatedFile>> CreateUnnamedAsync(NodeId directory, NewNode what, OpenIntent intent, CancellationToken cancel)
    {
        lock (_gate)
        {
            var parent = FindDirectory(directory);
            if (!parent.TryGet(out var place)) return new(parent.Error);
            var inode = Add(what);
            inode.InheritGroup(place);
            inode.Lookups++;
            return new(new CreatedFile(inode.Attributes, Open(inode, intent)));
        }
    }

    public ValueTask<Outcome<NodeAttributes>> LinkAsync(NodeId node, NodeId directory, PathName name, CancellationToken cancel) => new(Attributes(() =>
    {
        var found = Find(node);
        if (!found.TryGet(out var inode)) return found;
        if (inode.IsDirectory) return FileSystemError.NotPermitted;
        var parent = CheckFree(directory, name);
        if (!parent.TryGet(out var place)) return parent;
        Enter(place, name, inode);
        inode.Lookups++;
        return inode;
    }));

    public ValueTask<FileSystemError> UnlinkAsync(NodeId directory, PathName name, CancellationToken cancel)
    {
        lock (_gate)
        {
            var found = Find(directory, name);
            if (!found.TryGet(out var inode)) return new(found.Error);
            if (inode.IsDirectory) return new(FileSystemError.IsADirectory);
            Leave(_inodes[directory], name);
            return new(FileSystemError.None);
        }
    }

    public ValueTask<FileSystemError> RemoveDirectoryAsync(NodeId directory, PathName name, CancellationToken cancel)
    {
        lock (_gate)
        {
            var found = Find(directory, name);
            if (!found.TryGet(out var inode)) return new(found.Error);
            if (!inode.IsDirectory) return new(FileSystemError.NotADirectory);
            if (inode.Entries.Count > 0) return new(FileSystemError.NotEmpty);
            Leave(_inodes[directory], name);
            return new(FileSystemError.None);
        }
    }

    public ValueTask<FileSystemError> RenameAsync(
        NodeId fromDirectory, PathName from, NodeId toDirectory, PathName to, RenameMode mode, CancellationToken cancel)
    {
        lock (_gate) return new(Rename(fromDirectory, from, toDirectory, to, mode));
    }

    private FileSystemError Rename(NodeId fromDirectory, PathName from, NodeId toDirectory, PathName to, RenameMode mode)
    {
        var source = Find(fromDirectory, from);
        if (!source.TryGet(out var moved)) return source.Error;
        var target = FindDirectory(toDirectory);
        if (!target.TryGet(out var newPlace)) return target.Error;
        var oldPlace = _inodes[fromDirectory];
        newPlace.Entries.TryGetValue(to, out var replaced);
        var refusal = mode switch
        {
            _ when moved.IsDirectory && newPlace.IsBelow(moved) => FileSystemError.InvalidArgument,
            RenameMode.Exchange => replaced is null ? FileSystemError.NotFound
                : replaced.IsDirectory && oldPlace.IsBelow(replaced) ? FileSystemError.InvalidArgument : FileSystemError.None,
            RenameMode.NoReplace => replaced is null ? FileSystemError.None : FileSystemError.Exists,
            _ => CheckReplace(moved, replaced),
        };
        if (refusal != FileSystemError.None || moved == replaced) return refusal;
        moved.Links++; // so that it outlives the moment without a name
        if (replaced is not null) Leave(newPlace, to, lives: mode == RenameMode.Exchange);
        Leave(oldPlace, from);
        Enter(newPlace, to, moved);
        moved.Links--;
        if (mode != RenameMode.Exchange) return FileSystemError.None;
        Enter(oldPlace, from, replaced!);
        replaced!.Links--;
        return FileSystemError.None;
    }

    private static FileSystemError CheckReplace(Inode moved, Inode? replaced)
    {
        if (replaced is null || replaced == moved) return FileSystemError.None;
        if (moved.IsDirectory && !replaced.IsDirectory) return FileSystemError.NotADirectory;
        if (!moved.IsDirectory && replaced.IsDirectory) return FileSystemError.IsADirectory;
        return replaced.Entries.Count > 0 ? FileSystemError.NotEmpty : FileSystemError.None;
    }

    private Outcome<Inode> Make(NodeId directory, PathName name, NewNode what)
    {
        var parent = CheckFree(directory, name);
        if (!parent.TryGet(out var place)) return parent;
        var inode = Add(what);
        inode.InheritGroup(place);
        inode.Lookups++;
        Enter(place, name, inode);
        return inode;
    }

    /// <summary>A directory in which the name is free. One that was removed takes no more names.</summary>
    private Outcome<Inode> CheckFree(NodeId directory, PathName name)
    {
        var parent = FindDirectory(directory);
        if (!parent.TryGet(out var place)) return parent;
        if (place.Links == 0) return FileSystemError.NotFound;
        return place.Entries.ContainsKey(name) ? FileSystemError.Exists : parent;
    }

    private void Enter(Inode place, PathName name, Inode inode)
    {
        place.Entries.Add(name, inode);
        inode.Links++;
        if (inode.IsDirectory) inode.Parent = place;
        place.ModifiedAt = place.ChangedAt = inode.ChangedAt = Now;
    }

    private void Leave(Inode place, PathName name, bool lives = false)
    {
        place.Entries.Remove(name, out var inode);
        if (!lives) inode!.Links--;
        place.ModifiedAt = place.ChangedAt = inode!.ChangedAt = Now;
        DropIfUnused(inode);
    }
}
