using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.FileSystem;

/// <summary>From names to nodes: lists a directory when it is first looked into, asks for a file whose version is not known.</summary>
internal sealed class Lookups(SnapshotKeeper keeper, NodeTable nodes, IOrigin origin, NodeAttributesOf attributes)
{
    /// <summary>The answer if no source must be asked for it; else null.</summary>
    public Outcome<NodeAttributes>? Lookup(NodeId directory, PathName name)
    {
        if (nodes.Find(directory) is not { } parent) return FileSystemError.Stale;
        if (parent.Kind != EntryKind.Directory) return FileSystemError.NotADirectory;
        if (parent.IsSuperseded) return FileSystemError.Stale;
        var known = keeper.Current.Find(parent.Path) as DirectoryNode;
        var isAtHand = known is { IsListed: true } && !origin.NeedsAsking(known.Find(name)) && !origin.IsDue(parent.Path);
        return isAtHand ? Find(parent, name) : null;
    }

    public ValueTask<Outcome<NodeAttributes>> LookupAsync(NodeId directory, PathName name, CancellationToken cancel) =>
        nodes.Find(directory) is { } parent
            ? AskAndFindAsync(parent, name, cancel)
            : ValueTask.FromResult<Outcome<NodeAttributes>>(FileSystemError.Stale);

    public Outcome<NodeAttributes> Attributes(NodeId id)
    {
        if (nodes.Find(id) is not { } node) return FileSystemError.Stale;
        // The name leads elsewhere by now. Whoever has it open may go on; all others look it up again.
        return node is { IsSuperseded: true, Handles: 0 } ? FileSystemError.Stale : attributes.Of(node);
    }

    public Outcome<ReadOnlyMemory<byte>> ReadLink(NodeId id) => nodes.Find(id)?.Entry switch
    {
        null => FileSystemError.Stale,
        SymlinkNode link => link.Target.AsMemory(),
        _ => FileSystemError.NotASymlink,
    };

    /// <summary>The listing of a directory that is there, listed now if it never was, or not lately.</summary>
    public async ValueTask<Outcome<DirectoryNode>> ListingAsync(VirtualPath path, CancellationToken cancel)
    {
        if (keeper.Current.Find(path) is not DirectoryNode directory) return FileSystemError.Stale;
        if (directory.IsListed && !origin.IsDue(path)) return directory;
        if (directory.IsListed)
        {
            await origin.ListAgainAsync(path, cancel);
        }
        else
        {
            var error = await origin.ListAsync(path, cancel);
            if (error != FileSystemError.None) return error;
        }

        return keeper.Current.Find(path) is DirectoryNode { IsListed: true } listed ? listed : FileSystemError.Stale;
    }

    private async ValueTask<Outcome<NodeAttributes>> AskAndFindAsync(Node parent, PathName name, CancellationToken cancel)
    {
        var listing = await ListingAsync(parent.Path, cancel);
        if (!listing.TryGet(out var directory))
        {
            // Some entries of a directory may be known although the others are not.
            if (listing.Error == FileSystemError.NotRecorded && keeper.Current.Find(parent.Path / name) is not null) return Find(parent, name);
            return listing.Error == FileSystemError.Stale ? FileSystemError.NotFound : listing.Error;
        }

        if (directory.Find(name) is FileNode file && origin.NeedsAsking(file)
            && await origin.AskAsync(parent.Path, file, cancel) is var error and not FileSystemError.None)
            return error;
        return Find(parent, name);
    }

    private Outcome<NodeAttributes> Find(Node parent, PathName name)
    {
        if (nodes.Lookup(parent, name) is not { } node) return FileSystemError.NotFound;
        if (node.Entry is not FileNode { HasVersion: false }) return attributes.Of(node);
        // Replaced between the question and the answer: nothing is known of it yet, and 0 bytes would be a lie.
        nodes.Forget(node.Id, 1);
        return FileSystemError.Stale;
    }
}
