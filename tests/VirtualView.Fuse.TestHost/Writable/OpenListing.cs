using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Fuse.TestHost.Writable;

/// <summary>An open directory: its entries as they were when it was read from the beginning last.</summary>
internal sealed class OpenListing(Inode directory)
{
    private const int Dots = 2;

    private KeyValuePair<PathName, Inode>[] _entries = [.. directory.Entries];

    public FileSystemError Read(long position, bool withAttributes, IDirectoryReply reply)
    {
        if (position == 0) _entries = [.. directory.Entries];
        if (position == 0 && !reply.Add("."u8, EntryKind.Directory, directory.Attributes.InodeNumber, ++position)) return FileSystemError.None;
        var parent = directory.Parent ?? directory;
        if (position == 1 && !reply.Add(".."u8, EntryKind.Directory, parent.Attributes.InodeNumber, ++position)) return FileSystemError.None;
        for (; position - Dots < _entries.Length; position++)
        {
            var (name, inode) = _entries[position - Dots];
            if (!Add(name, inode, withAttributes, position + 1, reply)) break;
        }

        return FileSystemError.None;
    }

    private static bool Add(PathName name, Inode inode, bool withAttributes, long next, IDirectoryReply reply)
    {
        if (!withAttributes) return reply.Add(name.Bytes, inode.Kind, inode.Attributes.InodeNumber, next);
        if (!reply.Add(name, inode.Attributes, next)) return false;
        inode.Lookups++;
        return true;
    }
}
