using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;

namespace VirtualView.Core.FileSystem;

/// <summary>
/// A view that can be written. The rules of <see cref="IViewFileSystem"/> hold. When a call that changes names or
/// attributes has succeeded, it survives the death of the process; what is synced survives the loss of power. A call
/// that fails has changed nothing. Permissions are the caller's matter.
/// </summary>
public interface IWritableFileSystem : IViewFileSystem
{
    /// <summary>Makes anything but a regular file that is opened at once. Success counts one lookup.</summary>
    ValueTask<Outcome<NodeAttributes>> MakeAsync(NodeId directory, PathName name, NewNode what, CancellationToken cancel);

    /// <summary>
    /// Makes a regular file and opens it; <see cref="FileSystemError.Exists"/> when the name is there, whoever made it.
    /// </summary>
    ValueTask<Outcome<CreatedFile>> CreateAsync(NodeId directory, PathName name, NewNode what, OpenIntent intent, CancellationToken cancel);

    /// <summary>Makes a regular file without a name and opens it: <see cref="LinkAsync"/> may give it one.</summary>
    ValueTask<Outcome<CreatedFile>> CreateUnnamedAsync(NodeId directory, NewNode what, OpenIntent intent, CancellationToken cancel);

    /// <summary>One more name for what is not a directory. Success counts one lookup.</summary>
    ValueTask<Outcome<NodeAttributes>> LinkAsync(NodeId node, NodeId directory, PathName name, CancellationToken cancel);

    /// <summary>Takes the name of what is not a directory away. Who has it open goes on.</summary>
    ValueTask<FileSystemError> UnlinkAsync(NodeId directory, PathName name, CancellationToken cancel);

    ValueTask<FileSystemError> RemoveDirectoryAsync(NodeId directory, PathName name, CancellationToken cancel);

    ValueTask<FileSystemError> RenameAsync(
        NodeId fromDirectory, PathName from, NodeId toDirectory, PathName to, RenameMode mode, CancellationToken cancel);

    /// <param name="handle">The open file that it is done through, where there is one.</param>
    ValueTask<Outcome<NodeAttributes>> SetAttributesAsync(NodeId node, HandleId? handle, AttributeChange change, CancellationToken cancel);

    /// <summary>Writes at once if nothing must be waited for. Allocates nothing.</summary>
    WriteStep TryWrite(HandleId handle, long offset, ReadOnlySpan<byte> bytes, bool dropsPrivileges);

    /// <summary>Writes all of it, or nothing. The bytes are the caller's again when the task is complete.</summary>
    ValueTask<FileSystemError> WriteAsync(HandleId handle, long offset, ReadOnlyMemory<byte> bytes, bool dropsPrivileges, CancellationToken cancel);

    /// <summary>A descriptor of the file was closed: what was written survives the death of the process from here on.</summary>
    ValueTask<FileSystemError> FlushAsync(HandleId handle, CancellationToken cancel);

    /// <summary>What was written, and unless <paramref name="dataOnly"/> all attributes too, survives the loss of power from here on.</summary>
    ValueTask<FileSystemError> SyncAsync(HandleId handle, bool dataOnly, CancellationToken cancel);

    /// <summary>The names in the directory survive the loss of power from here on.</summary>
    ValueTask<FileSystemError> SyncDirectoryAsync(HandleId directory, bool dataOnly, CancellationToken cancel);

    ValueTask<FileSystemError> AllocateAsync(HandleId handle, AllocateMode mode, long offset, long length, CancellationToken cancel);

    /// <summary>Copies within the view; answers how many bytes, fewer only at the end of the source.</summary>
    ValueTask<Outcome<long>> CopyRangeAsync(
        HandleId from, long fromOffset, HandleId to, long toOffset, long length, CancellationToken cancel);

    /// <summary>Where the next data or hole begins; the end of the file counts as a hole.</summary>
    ValueTask<Outcome<long>> SeekAsync(HandleId handle, long offset, SeekTarget target, CancellationToken cancel);

    ValueTask<FileSystemError> SetExtendedAttributeAsync(
        NodeId node, ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> value, SetAttributeMode mode, CancellationToken cancel);

    ValueTask<FileSystemError> RemoveExtendedAttributeAsync(NodeId node, ReadOnlyMemory<byte> name, CancellationToken cancel);

    /// <summary>The names that were set, each ended by NUL; those of the view itself are not among them.</summary>
    Outcome<ReadOnlyMemory<byte>> ListExtendedAttributes(NodeId node);
}
