using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Past;

namespace VirtualView.Engine.VirtualFiles;

/// <summary>
/// The view's file system with the directory <c>.virtualview</c> at its root, which can be looked up and is never listed.
/// An entry of that name at a source is hidden by it. What is not its own it hands on unseen.
/// </summary>
/// <param name="snapshots">What lies in <c>.virtualview/snapshots</c>; null for a view that keeps none.</param>
internal class FileSystemWithVirtualFiles(IViewFileSystem view, VirtualTree tree, SnapshotsFileSystem? snapshots) : IViewFileSystem
{
    /// <summary>Open handles of the root: their listings must not give the kernel an entry of our name.</summary>
    private readonly ConcurrentDictionary<HandleId, bool> _roots = new();

    public ValueTask<Outcome<NodeAttributes>> LookupAsync(NodeId directory, PathName name, CancellationToken cancel)
    {
        if (directory == NodeId.Root && name == VirtualTree.Name) return AttributesAsync(tree.Root, cancel);
        if (!IsOfTree(directory.Value)) return Below(directory.Value).LookupAsync(directory, name, cancel);
        if (directory != tree.Root.Id) return Done(FileSystemError.NotADirectory);
        if (snapshots is not null && name == SnapshotTrees.FolderName) return snapshots.GetAttributesAsync(TreeIds.Folder, cancel);
        return tree.Lookup(name) is { } node ? AttributesAsync(node, cancel) : Done(FileSystemError.NotFound);
    }

    public void Forget(NodeId node, ulong lookups)
    {
        if (IsOfTree(node.Value)) tree.Forget(node, lookups);
        else Below(node.Value).Forget(node, lookups);
    }

    public ValueTask<Outcome<NodeAttributes>> GetAttributesAsync(NodeId node, CancellationToken cancel)
    {
        if (!IsOfTree(node.Value)) return Below(node.Value).GetAttributesAsync(node, cancel);
        return tree.Find(node) is { } found ? AttributesAsync(found, cancel) : Done(FileSystemError.Stale);
    }

    public ValueTask<Outcome<HandleId>> OpenAsync(NodeId file, OpenIntent intent, CancellationToken cancel)
    {
        if (!IsOfTree(file.Value)) return Below(file.Value).OpenAsync(file, intent, cancel);
        Outcome<HandleId> opened = tree.Find(file) switch
        {
            null => FileSystemError.Stale,
            { Content: null } => FileSystemError.IsADirectory,
            _ when (intent & (OpenIntent.Write | OpenIntent.Truncate)) != 0 => FileSystemError.ReadOnly,
            var node => tree.Open(node),
        };
        return ValueTask.FromResult(opened);
    }

    public ReadStep TryRead(HandleId handle, long offset, Span<byte> into)
    {
        if (!IsOfTree(handle.Value)) return Below(handle.Value).TryRead(handle, offset, into);
        if (offset < 0 || tree.Opened(handle)?.Content is not { } content) return ReadStep.MustWait;
        var part = content.AsSpan((int)Math.Min(offset, content.Length));
        part = part[..Math.Min(part.Length, into.Length)];
        part.CopyTo(into);
        return ReadStep.Done(part.Length);
    }

    public ValueTask<ReadOutcome> ReadAsync(HandleId handle, long offset, Memory<byte> into, CancellationToken cancel)
    {
        if (!IsOfTree(handle.Value)) return Below(handle.Value).ReadAsync(handle, offset, into, cancel);
        var step = TryRead(handle, offset, into.Span);
        return ValueTask.FromResult(step.IsDone ? ReadOutcome.Read(step.Bytes) : ReadOutcome.Failed(offset < 0 ? FileSystemError.InvalidArgument : FileSystemError.BadHandle));
    }

    public ValueTask<SafeFileHandle?> LendAsync(HandleId handle, CancellationToken cancel) =>
        IsOfTree(handle.Value) ? ValueTask.FromResult<SafeFileHandle?>(null) : Below(handle.Value).LendAsync(handle, cancel);

    public void Release(HandleId handle)
    {
        if (IsOfTree(handle.Value)) tree.Release(handle);
        else Below(handle.Value).Release(handle);
    }

    public ValueTask<Outcome<HandleId>> OpenDirectoryAsync(NodeId directory, CancellationToken cancel)
    {
        if (directory == NodeId.Root) return OpenRootAsync(cancel);
        if (!IsOfTree(directory.Value)) return Below(directory.Value).OpenDirectoryAsync(directory, cancel);
        Outcome<HandleId> opened = directory == tree.Root.Id ? tree.Open(tree.Root) : FileSystemError.NotADirectory;
        return ValueTask.FromResult(opened);
    }

    /// <summary>The directory lists nothing: whoever searches a view should not meet it, and who knows the names needs no list.</summary>
    public FileSystemError ReadDirectory(HandleId directory, long position, bool withAttributes, IDirectoryReply reply)
    {
        if (_roots.ContainsKey(directory)) return view.ReadDirectory(directory, position, withAttributes, new ReplyWithoutName(reply, VirtualTree.Name, view));
        if (!IsOfTree(directory.Value)) return Below(directory.Value).ReadDirectory(directory, position, withAttributes, reply);
        if (position < 0) return FileSystemError.InvalidArgument;
        var self = tree.Root.Attributes(0, 0).InodeNumber;
        if (position > 0 || reply.Add("."u8, EntryKind.Directory, self, 1))
            _ = position > 1 || reply.Add(".."u8, EntryKind.Directory, Nodes.InodeNumber.Root, 2);
        return FileSystemError.None;
    }

    public void ReleaseDirectory(HandleId directory)
    {
        _roots.TryRemove(directory, out _);
        if (IsOfTree(directory.Value)) tree.Release(directory);
        else Below(directory.Value).ReleaseDirectory(directory);
    }

    private async ValueTask<Outcome<HandleId>> OpenRootAsync(CancellationToken cancel)
    {
        var opened = await view.OpenDirectoryAsync(NodeId.Root, cancel);
        if (opened.TryGet(out var handle)) _roots[handle] = true;
        return opened;
    }

    public Outcome<ReadOnlyMemory<byte>> ReadLink(NodeId symlink) =>
        IsOfTree(symlink.Value) ? FileSystemError.NotASymlink : Below(symlink.Value).ReadLink(symlink);

    public Outcome<ReadOnlyMemory<byte>> GetExtendedAttribute(NodeId node, ReadOnlySpan<byte> name) =>
        IsOfTree(node.Value) ? FileSystemError.NoAttribute : Below(node.Value).GetExtendedAttribute(node, name);

    public FileSystemStatistics Statistics() => view.Statistics();

    /// <summary>Of an open file of these; null when it is not open.</summary>
    protected long? SizeOf(HandleId handle) =>
        IsOfTree(handle.Value) ? tree.Opened(handle)?.Content?.Length : snapshots?.SizeOf(handle);

    /// <summary>True for what cannot be changed: virtual files, and snapshots above them.</summary>
    protected static bool IsVirtual(ulong id) => id >= VirtualTree.FirstId;

    private static bool IsOfTree(ulong id) => id is >= VirtualTree.FirstId and < TreeIds.First;

    private IViewFileSystem Below(ulong id) => id >= TreeIds.First && snapshots is not null ? snapshots : view;

    private static ValueTask<Outcome<NodeAttributes>> Done(FileSystemError error) => ValueTask.FromResult<Outcome<NodeAttributes>>(error);

    /// <summary>Whose the root is, they are.</summary>
    private async ValueTask<Outcome<NodeAttributes>> AttributesAsync(VirtualNode node, CancellationToken cancel)
    {
        var root = await view.GetAttributesAsync(NodeId.Root, cancel);
        return root.TryGet(out var attributes) ? node.Attributes(attributes.Uid, attributes.Gid) : root.Error;
    }
}
