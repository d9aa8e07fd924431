using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Engine.Handles;
using VirtualView.Engine.Nodes;

namespace VirtualView.Engine.FileSystem;

/// <summary>Open, read and release directories. A position is 1 for after <c>.</c>, 2 for after <c>..</c>, then 2 + entries given.</summary>
internal sealed class DirectoryReads(NodeTable nodes, HandleTable handles, Lookups lookups, IOrigin origin, NodeAttributesOf attributes)
{
    private const int Dots = 2;

    public async ValueTask<Outcome<HandleId>> OpenAsync(NodeId id, CancellationToken cancel)
    {
        if (nodes.Find(id) is not { } node) return FileSystemError.Stale;
        if (node.Kind != EntryKind.Directory) return FileSystemError.NotADirectory;
        var listing = await lookups.ListingAsync(node.Path, cancel);
        if (!listing.TryGet(out var directory)) return listing.Error;
        if (!nodes.TryPin(node)) return FileSystemError.Stale;
        var opened = new OpenDirectory(handles.Next(), node, directory);
        handles.Add(opened);
        return opened.Id;
    }

    public FileSystemError Read(HandleId id, long position, bool withAttributes, IDirectoryReply reply)
    {
        if (handles.Directory(id) is not { } directory) return FileSystemError.BadHandle;
        if (position < 0) return FileSystemError.InvalidArgument;
        if (position < Dots && !AddDots(directory, position, reply)) return FileSystemError.None;
        var children = directory.Listing.Children;
        for (var at = (int)Math.Min(Math.Max(position - Dots, 0), children.Length); at < children.Length; at++)
        {
            if (!Add(directory, children[at], at + Dots + 1, withAttributes, reply)) break;
        }

        return FileSystemError.None;
    }

    public void Release(HandleId id)
    {
        if (handles.RemoveDirectory(id) is { } directory) nodes.Unpin(directory.Node);
    }

    private static bool AddDots(OpenDirectory directory, long position, IDirectoryReply reply)
    {
        var self = directory.Node.InodeNumber;
        var parent = directory.Node.Directory?.InodeNumber ?? self;
        return (position > 0 || reply.Add("."u8, EntryKind.Directory, self, 1)) && reply.Add(".."u8, EntryKind.Directory, parent, Dots);
    }

    private bool Add(OpenDirectory directory, SnapshotNode entry, long nextPosition, bool withAttributes, IDirectoryReply reply)
    {
        // What must be asked for, or is not what the name leads to by now, goes by name: the kernel looks it up if it cares.
        if (withAttributes && !origin.NeedsAsking(entry) && nodes.Lookup(directory.Node, entry) is { } node)
        {
            if (reply.Add(entry.Name, attributes.Of(node), nextPosition)) return true;
            nodes.Forget(node.Id, 1);
            return false;
        }

        return reply.Add(entry.Name.Bytes, KindOf(entry), InodeNumber.Of(directory.Node.InodeNumber, entry), nextPosition);
    }

    private static EntryKind KindOf(SnapshotNode entry) => entry switch
    {
        DirectoryNode => EntryKind.Directory,
        SymlinkNode => EntryKind.Symlink,
        _ => EntryKind.File,
    };
}
