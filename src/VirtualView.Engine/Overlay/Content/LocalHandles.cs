using System.Collections.Concurrent;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Engine.Fetching;
using VirtualView.Engine.Handles;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Overlay.Inodes;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>
/// Open local files by their handle. A handle of the sources is among them from the moment its file became local: all
/// who have it open see what is written.
/// </summary>
internal sealed class LocalHandles
{
    private readonly LocalTree _tree;
    private readonly HandleTable _below;
    private readonly LocalHandleIds _ids;
    private readonly int _blockSizeBytes;
    private readonly long _maxReadAheadBytes;
    private readonly ConcurrentDictionary<ulong, LocalHandle> _open = new();
    private readonly Action<LocalInode> _closed;
    private int _redirected;

    /// <param name="closed">Called with a file that was closed, under the tree's gate.</param>
    public LocalHandles(LocalTree tree, HandleTable below, LocalHandleIds ids, Action<LocalInode> closed, int blockSizeBytes, long maxReadAheadBytes)
    {
        _closed = closed;
        (_tree, _below, _ids, _blockSizeBytes, _maxReadAheadBytes) = (tree, below, ids, blockSizeBytes, maxReadAheadBytes);
        tree.BecameLocal += Redirect;
    }

    public LocalHandle? Find(HandleId id) =>
        id.Value >= LocalHandleIds.First || Volatile.Read(ref _redirected) > 0 ? _open.GetValueOrDefault(id.Value) : null;

    /// <summary>The size of a file of the sources that is open; null when it is not.</summary>
    public long? SizeBelow(HandleId id) => _below.File(id)?.Version.Version.SizeBytes;

    /// <summary>Opens a file. Under the tree's gate.</summary>
    public Outcome<LocalHandle> Open(LocalInode inode, OpenIntent intent) =>
        Add(_ids.Next(), inode, mayMap: (intent & (OpenIntent.Read | OpenIntent.Write)) == (OpenIntent.Read | OpenIntent.Write));

    public LocalHandle? Remove(HandleId id)
    {
        if (!_open.TryRemove(id.Value, out var handle)) return null;
        if (id.Value < LocalHandleIds.First) Interlocked.Decrement(ref _redirected);
        handle.File.Close(handle.MayMap);
        lock (_tree.Gate)
        {
            _tree.Unpin(handle.Inode);
            _closed(handle.Inode);
        }

        return handle;
    }

    /// <summary>What has the node open already goes on with the local file. One that cannot be opened stays with its version.</summary>
    private void Redirect(Node node, LocalInode inode)
    {
        if (inode.File is null) return;
        foreach (var file in _below.FilesOf(node))
        {
            if (Add(file.Id, inode, mayMap: false).IsOk) Interlocked.Increment(ref _redirected);
        }
    }

    private Outcome<LocalHandle> Add(HandleId id, LocalInode inode, bool mayMap)
    {
        if (inode.File is not { } file) return inode.IsDirectory ? FileSystemError.IsADirectory : FileSystemError.InvalidArgument;
        var error = file.Open(mayMap);
        if (error != FileSystemError.None) return error;
        inode.Handles++;
        // Only what shows of the version below is fetched ahead: a local file may be longer than it.
        var handle = new LocalHandle(id, inode, file, new ReadAhead(file.Base?.ShownBytes ?? 0, _blockSizeBytes, _maxReadAheadBytes), mayMap);
        _open[id.Value] = handle;
        return handle;
    }
}
