using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;

namespace VirtualView.Engine.Past;

/// <summary>
/// The folder <c>.virtualview/snapshots</c> and the trees in it, by number and by name: all read only. It knows nothing but
/// ids from <see cref="TreeIds.First"/> on.
/// </summary>
/// <param name="live">The view as it is now: whose its root is, these are.</param>
internal sealed class SnapshotsFileSystem(SnapshotTrees trees, ViewSnapshots snapshots, IViewFileSystem live) : IViewFileSystem
{
    private readonly ConcurrentDictionary<HandleId, ImmutableArray<PathName>> _listings = new();
    private ulong _lastHandle;

    public async ValueTask<Outcome<NodeAttributes>> LookupAsync(NodeId directory, PathName name, CancellationToken cancel)
    {
        if (directory == TreeIds.Folder)
        {
            var found = await trees.LookupAsync(name, cancel);
            if (!found.TryGet(out var opened)) return found.Error;
            return opened.Outer(await opened.Files.GetAttributesAsync(NodeId.Root, cancel));
        }

        return trees.Use(directory.Value) is { } tree
            ? tree.Outer(await tree.Files.LookupAsync(new NodeId(TreeIds.InnerOf(directory.Value)), name, cancel))
            : FileSystemError.Stale;
    }

    public void Forget(NodeId node, ulong lookups) => trees.Forget(node.Value, lookups);

    public async ValueTask<Outcome<NodeAttributes>> GetAttributesAsync(NodeId node, CancellationToken cancel)
    {
        if (node == TreeIds.Folder) return await FolderAsync(cancel);
        return trees.Find(node.Value) is { } tree ? tree.Outer(await tree.Files.GetAttributesAsync(new NodeId(TreeIds.InnerOf(node.Value)), cancel)) : FileSystemError.Stale;
    }

    public async ValueTask<Outcome<HandleId>> OpenAsync(NodeId file, OpenIntent intent, CancellationToken cancel)
    {
        if (file == TreeIds.Folder) return FileSystemError.IsADirectory;
        return trees.Use(file.Value) is { } tree ? tree.Outer(await tree.Files.OpenAsync(new NodeId(TreeIds.InnerOf(file.Value)), intent, cancel)) : FileSystemError.Stale;
    }

    public ReadStep TryRead(HandleId handle, long offset, Span<byte> into) =>
        trees.Find(handle.Value) is { } tree ? tree.Files.TryRead(Inner(handle), offset, into) : ReadStep.MustWait;

    public ValueTask<ReadOutcome> ReadAsync(HandleId handle, long offset, Memory<byte> into, CancellationToken cancel) =>
        trees.Find(handle.Value) is { } tree
            ? tree.Files.ReadAsync(Inner(handle), offset, into, cancel)
            : ValueTask.FromResult(ReadOutcome.Failed(FileSystemError.BadHandle));

    public ValueTask<SafeFileHandle?> LendAsync(HandleId handle, CancellationToken cancel) =>
        trees.Find(handle.Value) is { } tree ? tree.Files.LendAsync(Inner(handle), cancel) : ValueTask.FromResult<SafeFileHandle?>(null);

    public void Release(HandleId handle)
    {
        if (trees.Find(handle.Value) is not { } tree) return;
        tree.Files.Release(Inner(handle));
        trees.Tidy(tree);
    }

    public async ValueTask<Outcome<HandleId>> OpenDirectoryAsync(NodeId directory, CancellationToken cancel)
    {
        if (directory != TreeIds.Folder)
            return trees.Use(directory.Value) is { } tree ? tree.Outer(await tree.Files.OpenDirectoryAsync(new NodeId(TreeIds.InnerOf(directory.Value)), cancel)) : FileSystemError.Stale;
        var listed = await snapshots.ListAsync(cancel);
        var handle = new HandleId(TreeIds.Outer(0, Interlocked.Increment(ref _lastHandle)));
        _listings[handle] =
        [
            .. listed.Select(info => PathName.Of(info.Number.ToString(CultureInfo.InvariantCulture))),
            .. listed.Where(info => info.Name is not null).Select(info => PathName.Create(ByteText.Parse(info.Name!))).Order(),
        ];
        return handle;
    }

    public FileSystemError ReadDirectory(HandleId directory, long position, bool withAttributes, IDirectoryReply reply)
    {
        if (trees.Find(directory.Value) is { } tree)
            return tree.Files.ReadDirectory(Inner(directory), position, withAttributes, new TreeReply(reply, tree));
        if (!_listings.TryGetValue(directory, out var names)) return FileSystemError.BadHandle;
        if (position < 0) return FileSystemError.InvalidArgument;
        for (var at = position; at < names.Length + 2; at++)
        {
            var isAdded = at switch
            {
                0 => reply.Add("."u8, EntryKind.Directory, SnapshotTrees.FolderInode, 1),
                1 => reply.Add(".."u8, EntryKind.Directory, SnapshotTrees.FolderInode, 2),
                _ => reply.Add(names[(int)at - 2].Bytes, EntryKind.Directory, SnapshotTrees.InodeOf(names[(int)at - 2]), at + 1),
            };
            if (!isAdded) break;
        }

        return FileSystemError.None;
    }

    public void ReleaseDirectory(HandleId directory)
    {
        if (_listings.TryRemove(directory, out _) || trees.Find(directory.Value) is not { } tree) return;
        tree.Files.ReleaseDirectory(Inner(directory));
        trees.Tidy(tree);
    }

    public Outcome<ReadOnlyMemory<byte>> ReadLink(NodeId symlink) =>
        trees.Find(symlink.Value) is { } tree ? tree.Files.ReadLink(new NodeId(TreeIds.InnerOf(symlink.Value)))
        : symlink == TreeIds.Folder ? FileSystemError.NotASymlink : FileSystemError.Stale;

    public Outcome<ReadOnlyMemory<byte>> GetExtendedAttribute(NodeId node, ReadOnlySpan<byte> name) =>
        trees.Find(node.Value) is { } tree ? tree.Files.GetExtendedAttribute(new NodeId(TreeIds.InnerOf(node.Value)), name) : FileSystemError.NoAttribute;

    /// <summary>Of an open file; null when it is not open.</summary>
    public long? SizeOf(HandleId handle) => trees.Find(handle.Value)?.View.Parts.Handles.File(Inner(handle))?.Version.Version.SizeBytes;

    public FileSystemStatistics Statistics() => live.Statistics();

    private static HandleId Inner(HandleId handle) => new(TreeIds.InnerOf(handle.Value));

    private async ValueTask<Outcome<NodeAttributes>> FolderAsync(CancellationToken cancel)
    {
        var root = await live.GetAttributesAsync(NodeId.Root, cancel);
        if (!root.TryGet(out var attributes)) return root.Error;
        return attributes with
        {
            Node = TreeIds.Folder,
            InodeNumber = SnapshotTrees.FolderInode,
            ModifiedAt = snapshots.NewestAt ?? default(UnixTime),
            ChangedAt = null,
            AccessedAt = null,
            Mode = 0b101_101_101,
        };
    }
}
