using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Engine.Past;

namespace VirtualView.Engine.VirtualFiles;

/// <summary>The same for a view that can be written: what is virtual cannot be changed, nor its name taken.</summary>
internal sealed class WritableFileSystemWithVirtualFiles(IWritableFileSystem view, VirtualTree tree, SnapshotsFileSystem? snapshots)
    : FileSystemWithVirtualFiles(view, tree, snapshots), IWritableFileSystem
{
    public ValueTask<Outcome<NodeAttributes>> MakeAsync(NodeId directory, PathName name, NewNode what, CancellationToken cancel) =>
        IsRefused(directory, name) ? Refused<NodeAttributes>() : view.MakeAsync(directory, name, what, cancel);

    public ValueTask<Outcome<CreatedFile>> CreateAsync(NodeId directory, PathName name, NewNode what, OpenIntent intent, CancellationToken cancel) =>
        IsRefused(directory, name) ? Refused<CreatedFile>() : view.CreateAsync(directory, name, what, intent, cancel);

    public ValueTask<Outcome<CreatedFile>> CreateUnnamedAsync(NodeId directory, NewNode what, OpenIntent intent, CancellationToken cancel) =>
        IsVirtual(directory.Value) ? Refused<CreatedFile>() : view.CreateUnnamedAsync(directory, what, intent, cancel);

    public ValueTask<Outcome<NodeAttributes>> LinkAsync(NodeId node, NodeId directory, PathName name, CancellationToken cancel) =>
        IsVirtual(node.Value) || IsRefused(directory, name) ? Refused<NodeAttributes>() : view.LinkAsync(node, directory, name, cancel);

    public ValueTask<FileSystemError> UnlinkAsync(NodeId directory, PathName name, CancellationToken cancel) =>
        IsRefused(directory, name) ? Refused() : view.UnlinkAsync(directory, name, cancel);

    public ValueTask<FileSystemError> RemoveDirectoryAsync(NodeId directory, PathName name, CancellationToken cancel) =>
        IsRefused(directory, name) ? Refused() : view.RemoveDirectoryAsync(directory, name, cancel);

    public ValueTask<FileSystemError> RenameAsync(
        NodeId fromDirectory, PathName from, NodeId toDirectory, PathName to, RenameMode mode, CancellationToken cancel) =>
        IsRefused(fromDirectory, from) || IsRefused(toDirectory, to) ? Refused() : view.RenameAsync(fromDirectory, from, toDirectory, to, mode, cancel);

    public ValueTask<Outcome<NodeAttributes>> SetAttributesAsync(NodeId node, HandleId? handle, AttributeChange change, CancellationToken cancel) =>
        IsVirtual(node.Value) ? Refused<NodeAttributes>() : view.SetAttributesAsync(node, handle, change, cancel);

    public WriteStep TryWrite(HandleId handle, long offset, ReadOnlySpan<byte> bytes, bool dropsPrivileges) =>
        IsVirtual(handle.Value) ? WriteStep.MustWait : view.TryWrite(handle, offset, bytes, dropsPrivileges);

    public ValueTask<FileSystemError> WriteAsync(HandleId handle, long offset, ReadOnlyMemory<byte> bytes, bool dropsPrivileges, CancellationToken cancel) =>
        IsVirtual(handle.Value) ? ValueTask.FromResult(FileSystemError.BadHandle) : view.WriteAsync(handle, offset, bytes, dropsPrivileges, cancel);

    public ValueTask<FileSystemError> FlushAsync(HandleId handle, CancellationToken cancel) =>
        IsVirtual(handle.Value) ? ValueTask.FromResult(FileSystemError.None) : view.FlushAsync(handle, cancel);

    public ValueTask<FileSystemError> SyncAsync(HandleId handle, bool dataOnly, CancellationToken cancel) =>
        IsVirtual(handle.Value) ? ValueTask.FromResult(FileSystemError.None) : view.SyncAsync(handle, dataOnly, cancel);

    public ValueTask<FileSystemError> SyncDirectoryAsync(HandleId directory, bool dataOnly, CancellationToken cancel) =>
        IsVirtual(directory.Value) ? ValueTask.FromResult(FileSystemError.None) : view.SyncDirectoryAsync(directory, dataOnly, cancel);

    public ValueTask<FileSystemError> AllocateAsync(HandleId handle, AllocateMode mode, long offset, long length, CancellationToken cancel) =>
        IsVirtual(handle.Value) ? ValueTask.FromResult(FileSystemError.BadHandle) : view.AllocateAsync(handle, mode, offset, length, cancel);

    public ValueTask<Outcome<long>> CopyRangeAsync(HandleId from, long fromOffset, HandleId to, long toOffset, long length, CancellationToken cancel) =>
        // Not ours alone: the kernel copies by reading and writing then.
        IsVirtual(from.Value) || IsVirtual(to.Value)
            ? ValueTask.FromResult<Outcome<long>>(FileSystemError.NotSupported)
            : view.CopyRangeAsync(from, fromOffset, to, toOffset, length, cancel);

    public ValueTask<Outcome<long>> SeekAsync(HandleId handle, long offset, SeekTarget target, CancellationToken cancel)
    {
        if (!IsVirtual(handle.Value)) return view.SeekAsync(handle, offset, target, cancel);
        long? size = SizeOf(handle);
        Outcome<long> found = size is null ? FileSystemError.BadHandle
            : offset < 0 || offset >= size ? FileSystemError.NoSuchPosition
            : target == SeekTarget.Data ? offset : size.Value;
        return ValueTask.FromResult(found);
    }

    public ValueTask<FileSystemError> SetExtendedAttributeAsync(
        NodeId node, ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> value, SetAttributeMode mode, CancellationToken cancel) =>
        IsVirtual(node.Value) ? Refused() : view.SetExtendedAttributeAsync(node, name, value, mode, cancel);

    public ValueTask<FileSystemError> RemoveExtendedAttributeAsync(NodeId node, ReadOnlyMemory<byte> name, CancellationToken cancel) =>
        IsVirtual(node.Value) ? Refused() : view.RemoveExtendedAttributeAsync(node, name, cancel);

    public Outcome<ReadOnlyMemory<byte>> ListExtendedAttributes(NodeId node) =>
        IsVirtual(node.Value) ? ReadOnlyMemory<byte>.Empty : view.ListExtendedAttributes(node);

    private static bool IsRefused(NodeId directory, PathName name) =>
        IsVirtual(directory.Value) || (directory == NodeId.Root && name == VirtualTree.Name);

    private static ValueTask<Outcome<T>> Refused<T>() => ValueTask.FromResult<Outcome<T>>(FileSystemError.ReadOnly);

    private static ValueTask<FileSystemError> Refused() => ValueTask.FromResult(FileSystemError.ReadOnly);
}
