using VirtualView.Core.FileSystem;
using VirtualView.Core.Units;

namespace VirtualView.Engine.Overlay.Inodes;

/// <summary>Makes the attributes of local inodes.</summary>
internal static class LocalNodeAttributes
{
    public static NodeAttributes Of(LocalInode inode)
    {
        var record = inode.Record;
        var facts = inode.File?.Facts;
        return new NodeAttributes
        {
            Node = inode.NodeId,
            InodeNumber = record.InodeNumber,
            Kind = record.Kind,
            SizeBytes = facts?.SizeBytes ?? record.Target.Length,
            AllocatedBytes = facts?.AllocatedBytes ?? 0,
            ModifiedAt = facts?.ModifiedAt ?? record.ModifiedAt,
            AccessedAt = record.AccessedAt,
            ChangedAt = Later(record.ChangedAt, facts?.ChangedAt),
            Mode = record.Mode,
            Uid = record.Uid,
            Gid = record.Gid,
            Links = inode.Directory is { } names && !inode.IsGone ? names.Links : record.Links,
            Device = record.Device,
        };
    }

    public static UnixTime Later(UnixTime one, UnixTime? other) => other is { } second && second > one ? second : one;
}
