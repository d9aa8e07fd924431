using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;

namespace VirtualView.Fuse.TestHost.Writable;

/// <content>What reads and changes bytes.</content>
public sealed partial class WritableFileSystem
{
    public ValueTask<Outcome<HandleId>> OpenAsync(NodeId file, OpenIntent intent, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (!Find(file).TryGet(out var inode)) return new(FileSystemError.Stale);
            if (inode.IsDirectory) return new(FileSystemError.IsADirectory);
            if (intent.HasFlag(OpenIntent.Truncate))
            {
                inode.Content.Resize(0);
                Modified(inode, intent.HasFlag(OpenIntent.DropPrivileges));
            }

            return new(Open(inode, intent));
        }
    }

    public ReadStep TryRead(HandleId handle, long offset, Span<byte> into)
    {
        lock (_gate) return _files.TryGetValue(handle, out var file) ? ReadStep.Done(file.Inode.Content.Read(offset, into)) : ReadStep.MustWait;
    }

    public ValueTask<ReadOutcome> ReadAsync(HandleId handle, long offset, Memory<byte> into, CancellationToken cancel) =>
        new(ReadOutcome.Failed(FileSystemError.BadHandle));

    public void Release(HandleId handle)
    {
        lock (_gate)
        {
            if (!_files.Remove(handle, out var file)) return;
            file.Inode.Opens--;
            DropIfUnused(file.Inode);
        }
    }

    public WriteStep TryWrite(HandleId handle, long offset, ReadOnlySpan<byte> bytes, bool dropsPrivileges)
    {
        if (IsSlow) return WriteStep.MustWait;
        lock (_gate) return Write(handle, offset, bytes, dropsPrivileges) == FileSystemError.None ? WriteStep.Done : WriteStep.MustWait;
    }

    public async ValueTask<FileSystemError> WriteAsync(
        HandleId handle, long offset, ReadOnlyMemory<byte> bytes, bool dropsPrivileges, CancellationToken cancel)
    {
        await Task.Yield();
        lock (_gate) return Write(handle, offset, bytes.Span, dropsPrivileges);
    }

    public ValueTask<FileSystemError> FlushAsync(HandleId handle, CancellationToken cancel)
    {
        lock (_gate) return new(_files.ContainsKey(handle) ? FileSystemError.None : FileSystemError.BadHandle);
    }

    public ValueTask<FileSystemError> SyncAsync(HandleId handle, bool dataOnly, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (!_files.ContainsKey(handle)) return new(FileSystemError.BadHandle);
            if (SyncError == FileSystemError.None) Recording?.Synced();
            return new(SyncError);
        }
    }

    public ValueTask<FileSystemError> SyncDirectoryAsync(HandleId directory, bool dataOnly, CancellationToken cancel)
    {
        lock (_gate) return new(_listings.ContainsKey(directory) ? SyncError : FileSystemError.BadHandle);
    }

    public ValueTask<FileSystemError> AllocateAsync(HandleId handle, AllocateMode mode, long offset, long length, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (FindWriting(handle) is not { } inode) return new(FileSystemError.BadHandle);
            var content = inode.Content;
            if (mode is AllocateMode.Reserve or AllocateMode.ReserveKeepingSize)
            {
                if (!HasRoom(inode, offset, length)) return new(FileSystemError.NoSpace);
                content.Reserve(offset, length);
            }
            else
            {
                content.Clear(offset, length);
                Recording?.Cleared(offset, length);
            }

            if (mode is AllocateMode.Reserve or AllocateMode.Zero && offset + length > content.Size) content.Resize(offset + length);
            Modified(inode, dropsPrivileges: false);
            return new(FileSystemError.None);
        }
    }

    public ValueTask<Outcome<long>> CopyRangeAsync(
        HandleId from, long fromOffset, HandleId to, long toOffset, long length, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (!_files.TryGetValue(from, out var source) || FindWriting(to) is null) return new(FileSystemError.BadHandle);
            var bytes = new byte[Math.Clamp(source.Inode.Content.Size - fromOffset, 0, length)];
            source.Inode.Content.Read(fromOffset, bytes);
            var error = Write(to, toOffset, bytes, dropsPrivileges: false);
            return new(error == FileSystemError.None ? bytes.LongLength : error);
        }
    }

    public ValueTask<Outcome<long>> SeekAsync(HandleId handle, long offset, SeekTarget target, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (!_files.TryGetValue(handle, out var file)) return new(FileSystemError.BadHandle);
            return new(file.Inode.Content.Seek(offset, target == SeekTarget.Data) is { } found ? found : FileSystemError.NoSuchPosition);
        }
    }

    private HandleId Open(Inode inode, OpenIntent intent)
    {
        var handle = new HandleId(++_lastHandle);
        _files.Add(handle, new OpenFile(inode, intent));
        inode.Opens++;
        return handle;
    }

    private Inode? FindWriting(HandleId handle) =>
        _files.TryGetValue(handle, out var file) && (file.Intent & OpenIntent.Write) != 0 ? file.Inode : null;

    private FileSystemError Write(HandleId handle, long offset, ReadOnlySpan<byte> bytes, bool dropsPrivileges)
    {
        if (FindWriting(handle) is not { } inode) return FileSystemError.BadHandle;
        if (WriteError != FileSystemError.None) return WriteError;
        if (!HasRoom(inode, offset, bytes.Length)) return FileSystemError.NoSpace;
        inode.Content.Write(offset, bytes);
        Recording?.Wrote(offset, bytes);
        Modified(inode, dropsPrivileges);
        return FileSystemError.None;
    }

    private bool HasRoom(Inode inode, long offset, long length) =>
        inode.Content.Missing(offset, length) is var missing
        && (missing == 0 || _inodes.Values.Sum(other => other.Content.Allocated) + missing <= CapacityBytes);

    private void Modified(Inode inode, bool dropsPrivileges)
    {
        inode.ModifiedAt = inode.ChangedAt = Now;
        if (dropsPrivileges) inode.DropPrivileges();
    }
}
