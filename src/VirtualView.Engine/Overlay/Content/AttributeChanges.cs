using VirtualView.Core.Crashes;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Engine.Overlay.Inodes;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>Sets attributes, and sizes with them.</summary>
internal sealed class AttributeChanges(LocalTree tree, Change change)
{
    private const int SetUserId = 0b100_000_000_000;
    private const int SetGroupId = 0b10_000_000_000;
    private const int GroupExecute = 0b1_000;

    public Outcome<NodeAttributes> Set(NodeId node, AttributeChange wanted)
    {
        lock (tree.Gate)
        {
            if (tree.Of(node) is not { } inode) return FileSystemError.Stale;
            var error = Set(inode, wanted);
            return error == FileSystemError.None ? LocalNodeAttributes.Of(inode) : error;
        }
    }

    /// <summary>Someone without the right to keep them writes: set-user-ID and set-group-ID go.</summary>
    public FileSystemError DropPrivileges(LocalInode inode)
    {
        lock (tree.Gate)
        {
            var mode = WithoutPrivileges(inode.Record.Mode);
            return mode == inode.Record.Mode ? FileSystemError.None : Set(inode, new AttributeChange { Mode = mode });
        }
    }

    public static bool HasPrivileges(LocalInode inode) => WithoutPrivileges(inode.Record.Mode) != inode.Record.Mode;

    private FileSystemError Set(LocalInode inode, AttributeChange wanted)
    {
        if (wanted.SizeBytes is not { } bytes) return Commit(inode, wanted);
        if (bytes < 0) return FileSystemError.InvalidArgument;
        if (inode.File is not { } file) return inode.IsDirectory ? FileSystemError.IsADirectory : FileSystemError.InvalidArgument;
        var error = file.Open(mayMap: false);
        if (error != FileSystemError.None) return error;
        try
        {
            // A file that lies wholly here is its own truth: first it, then the record of what else is set.
            if (file.Base is null)
            {
                error = file.Resize(bytes);
                return error == FileSystemError.None && HasMore(inode, wanted) ? Commit(inode, wanted) : error;
            }

            error = file.CheckSize(bytes);
            if (error == FileSystemError.None) error = Commit(inode, wanted);
            if (error != FileSystemError.None) return error;
            CrashPoint.Reached(CrashPoints.OverlaySizeCommitted);
            return file.Resize(bytes);
        }
        finally
        {
            file.Close(mayMap: false);
        }
    }

    private static bool HasMore(LocalInode inode, AttributeChange wanted) =>
        wanted.Mode is not null || wanted.Uid is not null || wanted.Gid is not null || wanted.AccessedAt is not null || wanted.ModifiedAt is not null
        || (wanted.DropsPrivileges && WithoutPrivileges(inode.Record.Mode) != inode.Record.Mode);

    private FileSystemError Commit(LocalInode inode, AttributeChange wanted)
    {
        change.Begin();
        if (!inode.IsGone) change.Include(inode);
        var now = tree.Now;
        var modified = wanted.ModifiedAt is { } time ? time.At ?? now : (UnixTime?)null;
        var before = change.Of(inode);
        var record = before with
        {
            Mode = ModeAfter(before, wanted),
            Uid = wanted.Uid ?? before.Uid,
            Gid = wanted.Gid ?? before.Gid,
            AccessedAt = wanted.AccessedAt is { } accessed ? accessed.At ?? now : before.AccessedAt,
            ModifiedAt = modified ?? (wanted.SizeBytes is null ? before.ModifiedAt : now),
            ChangedAt = now,
            BaseFile = wanted.SizeBytes is { } bytes ? inode.File!.RecordedAt(bytes) : before.BaseFile,
            KeepsAttributes = before.KeepsAttributes && !HasMore(inode, wanted),
        };
        if (inode.IsGone)
        {
            inode.Record = record;
        }
        else
        {
            change.Put(inode, record);
            var error = change.Commit();
            if (error != FileSystemError.None) return error;
        }

        return modified is { } at && inode.File is { } file ? file.SetModified(at) : FileSystemError.None;
    }

    private static int ModeAfter(LocalInodeRecord before, AttributeChange wanted)
    {
        var mode = wanted.Mode ?? before.Mode;
        var changesOwner = wanted.Uid is not null || wanted.Gid is not null;
        var loses = wanted.DropsPrivileges || (changesOwner && wanted.Mode is null);
        return loses && before.Kind != EntryKind.Directory ? WithoutPrivileges(mode) : mode;
    }

    /// <summary>Without execution by the group the bit of the group is no privilege.</summary>
    private static int WithoutPrivileges(int mode) =>
        mode & ~SetUserId & ((mode & GroupExecute) != 0 ? ~SetGroupId : ~0);
}
