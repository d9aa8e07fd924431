using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Fuse.TestHost;

/// <summary>A directory with the entries it had when it was opened. Position n continues after the n-th, with <c>.</c> and <c>..</c> counted.</summary>
internal sealed record OpenDirectory(MemoryNode Node, KeyValuePair<PathName, MemoryNode>[] Entries)
{
    private const int Dots = 2;

    public FileSystemError Read(long position, bool withAttributes, IDirectoryReply reply)
    {
        if (position == 0 && !reply.Add("."u8, EntryKind.Directory, Node.Attributes.InodeNumber, ++position)) return FileSystemError.None;
        if (position == 1 && !reply.Add(".."u8, EntryKind.Directory, 1, ++position)) return FileSystemError.None;
        for (; position - Dots < Entries.Length; position++)
        {
            if (!Add(Entries[position - Dots], withAttributes, position + 1, reply)) return FileSystemError.None;
        }

        return FileSystemError.None;
    }

    private static bool Add(KeyValuePair<PathName, MemoryNode> entry, bool withAttributes, long next, IDirectoryReply reply)
    {
        var attributes = entry.Value.Attributes;
        if (!withAttributes) return reply.Add(entry.Key.Bytes, attributes.Kind, attributes.InodeNumber, next);
        if (!reply.Add(entry.Key, attributes, next)) return false;
        entry.Value.GrantLookup();
        return true;
    }
}
