using VirtualView.Core.Overlay;
using VirtualView.State.Trees;

namespace VirtualView.State.Overlay.Journal;

/// <summary>Makes the record of an inode. The format stands in docs/state.md.</summary>
internal static class InodeWriter
{
    public const byte Format = 1;

    /// <summary>Leaves the record, with its checksum, in <paramref name="into"/>.</summary>
    /// <exception cref="ArgumentException">The inode contradicts itself: it would not be believed when it is read.</exception>
    public static void Write(ByteWriter into, LocalInodeRecord inode)
    {
        if (InodeKinds.Contradiction(inode) is { } what) throw new ArgumentException($"inode {inode.Id}, a {inode.Kind}, has {what}", nameof(inode));
        into.Reset();
        into.Byte(Format);
        into.Byte(InodeKinds.ToByte(inode.Kind));
        into.Byte((byte)PartsOf(inode));
        into.Varint(inode.Mode);
        into.Varint(inode.Uid);
        into.Varint(inode.Gid);
        into.Varint(inode.Links);
        into.Int64((long)inode.InodeNumber);
        into.Int64(inode.AccessedAt.Nanoseconds);
        into.Int64(inode.ModifiedAt.Nanoseconds);
        into.Int64(inode.ChangedAt.Nanoseconds);
        if (inode.Device != 0) into.Varint(inode.Device);
        if (!inode.Target.IsDefaultOrEmpty) into.LengthAndBytes(inode.Target.AsSpan());
        if (inode.BaseDirectory is { } directory) into.Names(directory.Names);
        if (inode.BaseFile is { } file) WriteBase(into, file);
        into.Hash(JournalChecksum.OfInode(inode.Id.Value, into.Written));
    }

    private static InodeParts PartsOf(LocalInodeRecord inode) =>
        (inode.Device != 0 ? InodeParts.Device : InodeParts.None)
        | (inode.Target.IsDefaultOrEmpty ? InodeParts.None : InodeParts.Target)
        | (inode.BaseDirectory is null ? InodeParts.None : InodeParts.BaseDirectory)
        | (inode.BaseFile is null ? InodeParts.None : InodeParts.BaseFile)
        | (inode.KeepsAttributes ? InodeParts.KeepsAttributes : InodeParts.None);

    private static void WriteBase(ByteWriter into, LocalFileBase file)
    {
        into.Names(file.Path.Names);
        into.Version(file.Path, file.Version);
        into.Varint(file.ShownBytes);
        into.Varint(file.SizeBytes);
        into.Varint(file.Written.Ranges.Length);
        long end = 0;
        foreach (var range in file.Written.Ranges)
        {
            into.Varint(range.Offset - end);
            into.Varint(range.Length);
            end = range.End;
        }
    }
}
