using Microsoft.Win32.SafeHandles;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;

namespace VirtualView.Core.FileSystem;

/// <summary>
/// The view as inodes: what every boundary (kernel, network, native client) calls, none of which knows of versions or
/// caching. All calls may be made from any thread at the same time. A task is complete at once wherever the answer is
/// in memory. A cancelled call ends with <see cref="FileSystemError.Interrupted"/>, not with an exception.
/// </summary>
public interface IViewFileSystem
{
    /// <summary>
    /// What a name in a directory leads to now. Success counts one lookup of the node, which <see cref="Forget"/>
    /// gives back; a node lives while it has lookups.
    /// </summary>
    ValueTask<Outcome<NodeAttributes>> LookupAsync(NodeId directory, PathName name, CancellationToken cancel);

    void Forget(NodeId node, ulong lookups);

    ValueTask<Outcome<NodeAttributes>> GetAttributesAsync(NodeId node, CancellationToken cancel);

    /// <summary>
    /// Opens a file and pins its version: all that is read through the handle is of that version.
    /// <see cref="FileSystemError.Stale"/> when the node is superseded: look the name up again.
    /// </summary>
    ValueTask<Outcome<HandleId>> OpenAsync(NodeId file, OpenIntent intent, CancellationToken cancel);

    /// <summary>Reads what is at hand, without waiting or allocating. A range past the end is cut.</summary>
    ReadStep TryRead(HandleId handle, long offset, Span<byte> into);

    ValueTask<ReadOutcome> ReadAsync(HandleId handle, long offset, Memory<byte> into, CancellationToken cancel);

    void Release(HandleId handle);

    /// <summary>
    /// A local file with just the content of the handle's version, which never changes, for the kernel to read by
    /// itself; the caller closes it. Null when there is none, or it would take long to be sure of it. Never throws.
    /// </summary>
    ValueTask<SafeFileHandle?> LendAsync(HandleId handle, CancellationToken cancel) => ValueTask.FromResult<SafeFileHandle?>(null);

    /// <summary>Opens a directory and pins what it lists: entries neither repeat nor go missing while it is read.</summary>
    ValueTask<Outcome<HandleId>> OpenDirectoryAsync(NodeId directory, CancellationToken cancel);

    /// <summary>
    /// Fills a reply from <paramref name="position"/> (0: the beginning; else what an entry named as its next), with
    /// attributes where they are known if <paramref name="withAttributes"/>. <c>.</c> and <c>..</c> come first and
    /// never count as lookups.
    /// </summary>
    FileSystemError ReadDirectory(HandleId directory, long position, bool withAttributes, IDirectoryReply reply);

    void ReleaseDirectory(HandleId directory);

    Outcome<ReadOnlyMemory<byte>> ReadLink(NodeId symlink);

    /// <summary>The value of an extended attribute by its full name; <see cref="FileSystemError.NoAttribute"/> if there is none.</summary>
    Outcome<ReadOnlyMemory<byte>> GetExtendedAttribute(NodeId node, ReadOnlySpan<byte> name);

    FileSystemStatistics Statistics();
}
