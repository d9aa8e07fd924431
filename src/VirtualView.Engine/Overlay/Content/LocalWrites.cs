using VirtualView.Core.Crashes;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Engine.Overlay.Inodes;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>Writes through open files, and makes sure of what was written.</summary>
internal sealed class LocalWrites(LocalTree tree, LocalHandles handles, AttributeChanges attributes, Change change, Durability durability)
{
    private const int CopyBytes = 1 << 20;
    private const long MostBytesCopied = 64L << 20;

    public WriteStep TryWrite(HandleId id, long offset, ReadOnlySpan<byte> bytes, bool dropsPrivileges)
    {
        if (handles.Find(id) is not { } handle || (dropsPrivileges && AttributeChanges.HasPrivileges(handle.Inode))) return WriteStep.MustWait;
        return handle.File.Write(offset, bytes) == FileSystemError.None ? WriteStep.Done : WriteStep.MustWait;
    }

    public FileSystemError Write(HandleId id, long offset, ReadOnlySpan<byte> bytes, bool dropsPrivileges)
    {
        if (handles.Find(id) is not { } handle) return FileSystemError.BadHandle;
        var error = dropsPrivileges ? attributes.DropPrivileges(handle.Inode) : FileSystemError.None;
        return error != FileSystemError.None ? error : handle.File.Write(offset, bytes);
    }

    public FileSystemError Allocate(HandleId id, AllocateMode mode, long offset, long length)
    {
        if (handles.Find(id) is not { } handle) return FileSystemError.BadHandle;
        if (offset < 0 || length <= 0) return FileSystemError.InvalidArgument;
        if (length > long.MaxValue - offset) return FileSystemError.FileTooLarge;
        return handle.File.Allocate(mode, offset, length);
    }

    public async ValueTask<Outcome<long>> CopyAsync(
        IViewFileSystem view, HandleId from, long fromOffset, HandleId to, long toOffset, long length, CancellationToken cancel)
    {
        if (handles.Find(to) is null) return FileSystemError.BadHandle;
        if (fromOffset < 0 || toOffset < 0 || length < 0) return FileSystemError.InvalidArgument;
        var buffer = new byte[Math.Min(length, CopyBytes)];
        var copied = 0L;
        // Who is to end is told what was copied: that much is written.
        while (copied < Math.Min(length, MostBytesCopied) && !(copied > 0 && cancel.IsCancellationRequested))
        {
            var part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - copied));
            var read = await view.ReadAsync(from, fromOffset + copied, part, cancel);
            var error = read.IsOk ? Write(to, toOffset + copied, part.Span[..read.Bytes], dropsPrivileges: false) : read.Error;
            if (error != FileSystemError.None) return copied > 0 ? copied : error;
            copied += read.Bytes;
            if (read.Bytes < part.Length) break;
        }

        return copied;
    }

    /// <summary>What was written survives the death of the process.</summary>
    public async ValueTask<FileSystemError> FlushAsync(HandleId id)
    {
        if (handles.Find(id) is not { } handle) return FileSystemError.BadHandle;
        return handle.File.IsDirty ? await SaveAsync(handle, dataOnly: true) : FileSystemError.None;
    }

    /// <summary>What was written survives the loss of power.</summary>
    public async ValueTask<FileSystemError> SyncAsync(HandleId id, bool dataOnly, CancellationToken cancel)
    {
        if (handles.Find(id) is not { } handle) return FileSystemError.BadHandle;
        if (handle.File.IsDirty)
        {
            var error = await SaveAsync(handle, dataOnly);
            return error == FileSystemError.None ? await durability.SyncAsync(handle.Inode, cancel) : error;
        }

        // No row waits for the bytes: both go to the disk at a time.
        var bytes = handle.File.SyncAsync(dataOnly);
        var rows = await durability.SyncAsync(handle.Inode, cancel);
        var written = await bytes;
        return written == FileSystemError.None ? rows : written;
    }

    /// <summary>Syncs the bytes, then commits the row that names them.</summary>
    private async ValueTask<FileSystemError> SaveAsync(LocalHandle handle, bool dataOnly)
    {
        while (true)
        {
            var (before, below) = (handle.File.Recorded, handle.File.Base);
            var error = await handle.File.SyncAsync(dataOnly);
            if (error != FileSystemError.None) return error;
            CrashPoint.Reached(CrashPoints.OverlayBytesSynced);
            lock (tree.Gate)
            {
                if (handle.Inode.IsGone) return FileSystemError.None;
                // Who resized the file or saved it meanwhile knows of more than is known here.
                if (!ReferenceEquals(before, handle.File.Recorded)) continue;
                change.Begin();
                change.Include(handle.Inode);
                change.Put(handle.Inode, change.Of(handle.Inode) with { BaseFile = below });
                return change.Commit();
            }
        }
    }
}
