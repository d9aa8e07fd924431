using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Engine.Overlay.Content;
using VirtualView.Engine.Overlay.Inodes;
using VirtualView.Engine.Overlay.Listing;
using VirtualView.Engine.Overlay.Names;

namespace VirtualView.Engine.Overlay;

/// <summary>The view with all that is local laid over what the sources show. Each call is handed to the class that knows how.</summary>
internal sealed class OverlayFileSystem(
    ISourcesView sources, LocalTree tree, LocalHandles handles, MergedLookups lookups, MergedListings listings, NewInodes newInodes,
    Removals removals, Renames renames, LocalOpens opens, LocalWrites writes, AttributeChanges attributes,
    LocalExtendedAttributes extended, Durability durability, RoomForWrites room, ReadOnlyPlaces readOnly, ILogger logger)
    : IWritableFileSystem
{
    /// <summary>A name may become another one between the question and the change: so often the call begins anew.</summary>
    private const int MostTries = 8;

    public ValueTask<Outcome<NodeAttributes>> LookupAsync(NodeId directory, PathName name, CancellationToken cancel)
    {
        var found = lookups.FindAsync(directory, name, cancel);
        return found.IsCompletedSuccessfully ? found : GuardedAsync(() => found);
    }

    public void Forget(NodeId node, ulong lookupsBack) => lookups.Forget(node, lookupsBack);

    public ValueTask<Outcome<NodeAttributes>> GetAttributesAsync(NodeId node, CancellationToken cancel)
    {
        lock (tree.Gate)
        {
            if (tree.Find(node) is { } inode) return ValueTask.FromResult<Outcome<NodeAttributes>>(LocalNodeAttributes.Of(inode));
        }

        return node.Value >= LocalInode.FirstNode
            ? ValueTask.FromResult<Outcome<NodeAttributes>>(FileSystemError.Stale)
            : sources.GetAttributesAsync(node, cancel);
    }

    public async ValueTask<Outcome<HandleId>> OpenAsync(NodeId file, OpenIntent intent, CancellationToken cancel)
    {
        if ((intent & (OpenIntent.Write | OpenIntent.Truncate)) != 0 && readOnly.Has(file)) return FileSystemError.ReadOnly;
        var opened = await GuardedAsync(() => opens.OpenAsync(file, intent, cancel));
        if (!opened.TryGet(out var handle) || (intent & OpenIntent.Truncate) == 0) return opened;
        var emptying = new AttributeChange { SizeBytes = 0, DropsPrivileges = (intent & OpenIntent.DropPrivileges) != 0 };
        var emptied = await SetAttributesAsync(file, handle, emptying, cancel);
        if (emptied.IsOk) return opened;
        Release(handle);
        return emptied.Error;
    }

    public ReadStep TryRead(HandleId handle, long offset, Span<byte> into)
    {
        if (handles.Find(handle) is not { } local) return sources.TryRead(handle, offset, into);
        try
        {
            return offset < 0 ? ReadStep.MustWait : local.File.TryRead(offset, into);
        }
        catch (Exception defect)
        {
            EngineLog.CallFailed(logger, defect);
            return ReadStep.MustWait;
        }
    }

    public async ValueTask<ReadOutcome> ReadAsync(HandleId handle, long offset, Memory<byte> into, CancellationToken cancel)
    {
        if (handles.Find(handle) is not { } local) return await sources.ReadAsync(handle, offset, into, cancel);
        if (offset < 0) return ReadOutcome.Failed(FileSystemError.InvalidArgument);
        try
        {
            return await local.File.ReadAsync(offset, into, local.ReadAhead, cancel);
        }
        catch (OperationCanceledException)
        {
            return ReadOutcome.Failed(FileSystemError.Interrupted);
        }
        catch (Exception defect)
        {
            return ReadOutcome.Failed(Internal(defect));
        }
    }

    public void Release(HandleId handle)
    {
        handles.Remove(handle);
        if (handle.Value < LocalHandleIds.First) sources.Release(handle);
    }

    /// <summary>A kernel that reads a file by itself would not see what is written to it: only where nothing can be.</summary>
    public ValueTask<SafeFileHandle?> LendAsync(HandleId handle, CancellationToken cancel) =>
        handles.Find(handle) is null && readOnly.HasOpen(handle) ? sources.LendAsync(handle, cancel) : ValueTask.FromResult<SafeFileHandle?>(null);

    public ValueTask<Outcome<HandleId>> OpenDirectoryAsync(NodeId directory, CancellationToken cancel) =>
        GuardedAsync(() => listings.OpenAsync(directory, cancel));

    public FileSystemError ReadDirectory(HandleId directory, long position, bool withAttributes, IDirectoryReply reply) =>
        Guarded(() => listings.Read(directory, position, withAttributes, reply));

    public void ReleaseDirectory(HandleId directory) => listings.Release(directory);

    public Outcome<ReadOnlyMemory<byte>> ReadLink(NodeId symlink)
    {
        lock (tree.Gate)
        {
            if (tree.Find(symlink) is { } inode)
                return inode.Kind == Core.Sources.EntryKind.Symlink ? inode.Record.Target.AsMemory() : FileSystemError.NotASymlink;
        }

        return sources.ReadLink(symlink);
    }

    public Outcome<ReadOnlyMemory<byte>> GetExtendedAttribute(NodeId node, ReadOnlySpan<byte> name) => extended.Get(node, name);

    public FileSystemStatistics Statistics() => room.Statistics(sources.Statistics());

    public async ValueTask<Outcome<NodeAttributes>> MakeAsync(NodeId directory, PathName name, NewNode what, CancellationToken cancel)
    {
        if (readOnly.Has(directory)) return FileSystemError.ReadOnly;
        var made = await WithRoomAsync(() => newInodes.MakeAsync(directory, name, what, cancel), cancel);
        return made.TryGet(out var inode) ? Attributes(inode) : made.Error;
    }

    public async ValueTask<Outcome<CreatedFile>> CreateAsync(NodeId directory, PathName name, NewNode what, OpenIntent intent, CancellationToken cancel)
    {
        if (readOnly.Has(directory)) return FileSystemError.ReadOnly;
        var made = await WithRoomAsync(() => newInodes.MakeAsync(directory, name, what, cancel), cancel);
        return made.TryGet(out var inode) ? Opened(inode) : made.Error;
    }

    public async ValueTask<Outcome<CreatedFile>> CreateUnnamedAsync(NodeId directory, NewNode what, OpenIntent intent, CancellationToken cancel)
    {
        if (readOnly.Has(directory)) return FileSystemError.ReadOnly;
        var made = await WithRoomAsync(() => ValueTask.FromResult(newInodes.MakeUnnamed(directory, what)), cancel);
        return made.TryGet(out var inode) ? Opened(inode) : made.Error;
    }

    public ValueTask<Outcome<NodeAttributes>> LinkAsync(NodeId node, NodeId directory, PathName name, CancellationToken cancel) =>
        readOnly.Has(node) || readOnly.Has(directory) ? Refused<NodeAttributes>() : WithRoomAsync(() => newInodes.LinkAsync(node, directory, name, cancel), cancel);

    public ValueTask<FileSystemError> UnlinkAsync(NodeId directory, PathName name, CancellationToken cancel) =>
        readOnly.Has(directory, name) ? Refused() : NamedAsync(() => removals.UnlinkAsync(directory, name, cancel), cancel);

    public ValueTask<FileSystemError> RemoveDirectoryAsync(NodeId directory, PathName name, CancellationToken cancel) =>
        readOnly.Has(directory, name) ? Refused() : NamedAsync(() => removals.RemoveDirectoryAsync(directory, name, cancel), cancel);

    public ValueTask<FileSystemError> RenameAsync(
        NodeId fromDirectory, PathName from, NodeId toDirectory, PathName to, RenameMode mode, CancellationToken cancel) =>
        readOnly.Has(fromDirectory, from) || readOnly.Has(toDirectory, to)
            ? Refused()
            : NamedAsync(() => renames.RenameAsync(fromDirectory, from, toDirectory, to, mode, cancel), cancel);

    public ValueTask<Outcome<NodeAttributes>> SetAttributesAsync(NodeId node, HandleId? handle, AttributeChange change, CancellationToken cancel) =>
        readOnly.Has(node) ? Refused<NodeAttributes>() : WithRoomAsync(() => ValueTask.FromResult(attributes.Set(node, change)), cancel);

    public WriteStep TryWrite(HandleId handle, long offset, ReadOnlySpan<byte> bytes, bool dropsPrivileges)
    {
        try
        {
            return writes.TryWrite(handle, offset, bytes, dropsPrivileges);
        }
        catch (Exception defect)
        {
            EngineLog.CallFailed(logger, defect);
            return WriteStep.MustWait;
        }
    }

    public ValueTask<FileSystemError> WriteAsync(HandleId handle, long offset, ReadOnlyMemory<byte> bytes, bool dropsPrivileges, CancellationToken cancel) =>
        WithRoomAsync(() => ValueTask.FromResult(writes.Write(handle, offset, bytes.Span, dropsPrivileges)), cancel);

    public ValueTask<FileSystemError> FlushAsync(HandleId handle, CancellationToken cancel) =>
        handles.Find(handle) is null ? ValueTask.FromResult(FileSystemError.None) : WithRoomAsync(() => writes.FlushAsync(handle), cancel);

    public ValueTask<FileSystemError> SyncAsync(HandleId handle, bool dataOnly, CancellationToken cancel) =>
        handles.Find(handle) is null ? ValueTask.FromResult(FileSystemError.None) : WithRoomAsync(() => writes.SyncAsync(handle, dataOnly, cancel), cancel);

    public async ValueTask<FileSystemError> SyncDirectoryAsync(HandleId directory, bool dataOnly, CancellationToken cancel)
    {
        if (listings.DirectoryOf(directory) is not { } node) return FileSystemError.None;
        LocalInode? inode;
        lock (tree.Gate)
            inode = tree.Find(node);
        return inode is null ? FileSystemError.None : await GuardedAsync(() => durability.SyncAsync(inode, cancel));
    }

    public ValueTask<FileSystemError> AllocateAsync(HandleId handle, AllocateMode mode, long offset, long length, CancellationToken cancel) =>
        WithRoomAsync(() => ValueTask.FromResult(writes.Allocate(handle, mode, offset, length)), cancel);

    public ValueTask<Outcome<long>> CopyRangeAsync(HandleId from, long fromOffset, HandleId to, long toOffset, long length, CancellationToken cancel) =>
        WithRoomAsync(() => writes.CopyAsync(this, from, fromOffset, to, toOffset, length, cancel), cancel);

    public async ValueTask<Outcome<long>> SeekAsync(HandleId handle, long offset, SeekTarget target, CancellationToken cancel)
    {
        if (handles.Find(handle) is { } local) return local.File.Seek(offset, target);
        if (handles.SizeBelow(handle) is not { } size) return FileSystemError.BadHandle;
        return offset < 0 || offset >= size ? FileSystemError.NoSuchPosition : target == SeekTarget.Data ? offset : size;
    }

    public ValueTask<FileSystemError> SetExtendedAttributeAsync(
        NodeId node, ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> value, SetAttributeMode mode, CancellationToken cancel) =>
        readOnly.Has(node) ? Refused() : WithRoomAsync(() => ValueTask.FromResult(extended.Set(node, name, value, mode)), cancel);

    public ValueTask<FileSystemError> RemoveExtendedAttributeAsync(NodeId node, ReadOnlyMemory<byte> name, CancellationToken cancel) =>
        readOnly.Has(node) ? Refused() : WithRoomAsync(() => ValueTask.FromResult(extended.Remove(node, name)), cancel);

    public Outcome<ReadOnlyMemory<byte>> ListExtendedAttributes(NodeId node) => extended.List(node);

    private static ValueTask<Outcome<T>> Refused<T>() => ValueTask.FromResult<Outcome<T>>(FileSystemError.ReadOnly);

    private static ValueTask<FileSystemError> Refused() => ValueTask.FromResult(FileSystemError.ReadOnly);

    private NodeAttributes Attributes(LocalInode inode)
    {
        lock (tree.Gate)
            return LocalNodeAttributes.Of(inode);
    }

    private Outcome<CreatedFile> Opened(LocalInode inode)
    {
        lock (tree.Gate)
        {
            var opened = handles.Open(inode, OpenIntent.Read | OpenIntent.Write);
            if (opened.TryGet(out var handle)) return new CreatedFile(LocalNodeAttributes.Of(inode), handle.Id);
            tree.Forget(inode, inode.NodeId, 1);
            return opened.Error;
        }
    }

    /// <summary>A call on names: once more when a name led elsewhere meanwhile.</summary>
    private async ValueTask<FileSystemError> NamedAsync(Func<ValueTask<FileSystemError>> call, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            var error = await WithRoomAsync(call, cancel);
            if (error != FileSystemError.Stale || tries == MostTries) return error;
        }
    }

    /// <summary>On a full disk the cache gives room, as long as it has any, and the call is made again.</summary>
    private async ValueTask<FileSystemError> WithRoomAsync(Func<ValueTask<FileSystemError>> call, CancellationToken cancel)
    {
        while (true)
        {
            var error = await GuardedAsync(call);
            if (error != FileSystemError.NoSpace || !await room.MakeAsync(cancel)) return error;
        }
    }

    private async ValueTask<Outcome<T>> WithRoomAsync<T>(Func<ValueTask<Outcome<T>>> call, CancellationToken cancel)
    {
        while (true)
        {
            var result = await GuardedAsync(call);
            if (result.Error != FileSystemError.NoSpace || !await room.MakeAsync(cancel)) return result;
        }
    }

    private async ValueTask<FileSystemError> GuardedAsync(Func<ValueTask<FileSystemError>> call)
    {
        try
        {
            return await call();
        }
        catch (OperationCanceledException)
        {
            return FileSystemError.Interrupted;
        }
        catch (Exception defect)
        {
            return Internal(defect);
        }
    }

    private async ValueTask<Outcome<T>> GuardedAsync<T>(Func<ValueTask<Outcome<T>>> call)
    {
        try
        {
            return await call();
        }
        catch (OperationCanceledException)
        {
            return FileSystemError.Interrupted;
        }
        catch (Exception defect)
        {
            return Internal(defect);
        }
    }

    private FileSystemError Guarded(Func<FileSystemError> call)
    {
        try
        {
            return call();
        }
        catch (Exception defect)
        {
            return Internal(defect);
        }
    }

    private FileSystemError Internal(Exception defect)
    {
        EngineLog.CallFailed(logger, defect);
        return FileSystemError.Internal;
    }
}
