using System.Collections.Concurrent;
using System.Collections.Immutable;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Sources;
using VirtualView.Engine.Overlay.Inodes;
using VirtualView.Engine.Overlay.Names;

namespace VirtualView.Engine.Overlay.Listing;

/// <summary>
/// Open directories: what the sources list without whiteouts and without what is local, then what is local. Made when a
/// directory is read from its beginning, so that positions hold until then.
/// </summary>
internal sealed class MergedListings(ISourcesView sources, LocalTree tree, BaseDirectories bases, LocalHandleIds ids)
{
    private const int Dots = 2;

    private readonly ConcurrentDictionary<HandleId, OpenListing> _open = new();

    public async ValueTask<Outcome<HandleId>> OpenAsync(NodeId directory, CancellationToken cancel)
    {
        LocalInode? local;
        lock (tree.Gate)
        {
            local = tree.Find(directory);
            if (local is { IsDirectory: false }) return FileSystemError.NotADirectory;
        }

        var below = await OpenBaseAsync(local, directory, cancel);
        if (below.Error is not (FileSystemError.None or FileSystemError.NotFound)) return below.Error;
        var listing = new OpenListing(ids.Next(), directory, below.TryGet(out var handle) ? handle : null);
        _open[listing.Id] = listing;
        return listing.Id;
    }

    public FileSystemError Read(HandleId id, long position, bool withAttributes, IDirectoryReply reply)
    {
        if (!_open.TryGetValue(id, out var listing)) return FileSystemError.BadHandle;
        if (position < 0) return FileSystemError.InvalidArgument;
        if (!IsLocal(listing.Directory)) return sources.ReadDirectory(listing.Base!.Value, position, withAttributes, reply);
        lock (tree.Gate)
        {
            if (tree.Find(listing.Directory) is not { } local) return FileSystemError.Stale;
            if (position == 0 || listing.Merged.IsDefault) listing.Merged = Merge(local, listing.Base);
            if (position < Dots && !AddDots(local, position, reply)) return FileSystemError.None;
            for (var at = (int)Math.Min(Math.Max(position - Dots, 0), listing.Merged.Length); at < listing.Merged.Length; at++)
            {
                if (!Add(local, listing.Merged[at], at + Dots + 1, withAttributes, reply)) break;
            }

            return FileSystemError.None;
        }
    }

    public void Release(HandleId id)
    {
        if (_open.TryRemove(id, out var listing) && listing.Base is { } below) sources.ReleaseDirectory(below);
    }

    /// <summary>By what node a kernel knows the open directory; null when it is not open.</summary>
    public NodeId? DirectoryOf(HandleId id) => _open.TryGetValue(id, out var listing) ? listing.Directory : null;

    /// <summary><see cref="FileSystemError.NotEmpty"/> when it has names, or the failure to find out.</summary>
    public async ValueTask<FileSystemError> IsEmptyAsync(NodeId directory, CancellationToken cancel)
    {
        LocalInode? local;
        lock (tree.Gate)
            local = tree.Find(directory);
        var below = await OpenBaseAsync(local, directory, cancel);
        if (below.Error is not (FileSystemError.None or FileSystemError.NotFound)) return below.Error;
        try
        {
            lock (tree.Gate)
            {
                local = tree.Find(directory);
                var isEmpty = local is null ? BaseNames(below.Value).Count == 0 : Merge(local, below.IsOk ? below.Value : null).IsEmpty;
                return isEmpty ? FileSystemError.None : FileSystemError.NotEmpty;
            }
        }
        finally
        {
            if (below.TryGet(out var handle)) sources.ReleaseDirectory(handle);
        }
    }

    private bool IsLocal(NodeId directory)
    {
        lock (tree.Gate)
            return tree.Find(directory) is not null;
    }

    private async ValueTask<Outcome<HandleId>> OpenBaseAsync(LocalInode? local, NodeId directory, CancellationToken cancel)
    {
        if (local is null) return await sources.OpenDirectoryAsync(directory, cancel);
        var node = await bases.NodeOfAsync(local, cancel);
        return node.TryGet(out var below) ? await sources.OpenDirectoryAsync(below, cancel) : node.Error;
    }

    private ImmutableArray<ListedEntry> Merge(LocalInode local, HandleId? below)
    {
        var entries = local.Directory!.Entries;
        var listed = below is { } handle ? BaseNames(handle).Where(entry => !entries.ContainsKey(entry.Name)) : [];
        return local.IsGone
            ? []
            : [.. listed, .. entries.Where(entry => entry.Value is not null).Select(entry => new ListedEntry(entry.Key, entry.Value!.Kind, entry.Value.Record.InodeNumber, entry.Value))];
    }

    private List<ListedEntry> BaseNames(HandleId below)
    {
        var collected = new BaseEntries();
        _ = sources.ReadDirectory(below, Dots, withAttributes: false, collected);
        return collected.Entries;
    }

    private static bool AddDots(LocalInode local, long position, IDirectoryReply reply)
    {
        var self = local.Record.InodeNumber;
        var parent = local.Parent?.Record.InodeNumber ?? self;
        return (position > 0 || reply.Add("."u8, EntryKind.Directory, self, 1)) && reply.Add(".."u8, EntryKind.Directory, parent, Dots);
    }

    private bool Add(LocalInode directory, ListedEntry entry, long next, bool withAttributes, IDirectoryReply reply)
    {
        // Its name may lead elsewhere by now: then the kernel looks it up if it cares.
        if (!withAttributes) return reply.Add(entry.Name.Bytes, entry.Kind, entry.InodeNumber, next);
        if (entry.Local is { IsGone: false } local && directory.Directory!.Entries.GetValueOrDefault(entry.Name) == local)
        {
            tree.CountLookup(local);
            if (reply.Add(entry.Name, LocalNodeAttributes.Of(local), next)) return true;
            tree.Forget(local, local.NodeId, 1);
            return false;
        }

        return AddBase(directory, entry, next, reply);
    }

    private bool AddBase(LocalInode directory, ListedEntry entry, long next, IDirectoryReply reply)
    {
        if (entry.Local is null && !directory.Directory!.Entries.ContainsKey(entry.Name)
            && bases.AtHand(directory) is { } held && sources.LookupAtHand(held, entry.Name) is { } asked && asked.TryGet(out var found))
        {
            if (reply.Add(entry.Name, found, next)) return true;
            sources.Forget(found.Node, 1);
            return false;
        }

        return reply.Add(entry.Name.Bytes, entry.Kind, entry.InodeNumber, next);
    }
}
