using VirtualView.Core.FileSystem;

namespace VirtualView.Fuse.Passthrough;

/// <summary>
/// Decides for each open whether the kernel reads by itself. All opens of one node must agree, or the kernel fails them
/// with EIO: so the first one decides, and the others follow it until the last of them is released.
/// </summary>
internal sealed class OpenModes(IViewFileSystem fileSystem, IBackingFiles kernel, FuseCounters counters)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<NodeId, OpenMode> _open = []; // guarded by _gate

    /// <summary>Counts an open, until <see cref="Leave"/>. The id of the backing file to read, or 0.</summary>
    public async ValueTask<int> EnterAsync(NodeId node, HandleId handle, CancellationToken cancel)
    {
        if (TryFollow(node) is not { } backingId)
        {
            var offered = await BackAsync(handle, cancel).ConfigureAwait(false);
            backingId = FollowOrDecide(node, offered);
            // Another open was faster, and has decided.
            if (offered != 0 && offered != backingId) kernel.Close(offered);
        }

        if (backingId != 0) counters.CountPassedThrough();
        return backingId;
    }

    /// <summary>
    /// Counts an open that may write, or that may be followed by such: it goes through the daemon. False while the kernel reads
    /// the node by itself, when a write would go into the file that it was lent.
    /// </summary>
    public bool TryEnterWriting(NodeId node)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(node, out var mode))
            {
                _open.Add(node, new OpenMode(0));
                return true;
            }

            if (mode.BackingId != 0) return false;
            mode.Opens++;
            return true;
        }
    }

    /// <summary>An open that was entered has ended. Pages that are still mapped have the file itself by now.</summary>
    public void Leave(NodeId node)
    {
        OpenMode? left;
        lock (_gate)
        {
            if (!_open.TryGetValue(node, out left) || --left.Opens > 0) return;
            _open.Remove(node);
        }

        if (left.BackingId != 0) kernel.Close(left.BackingId);
    }

    private int? TryFollow(NodeId node)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(node, out var mode)) return null;
            mode.Opens++;
            return mode.BackingId;
        }
    }

    private async ValueTask<int> BackAsync(HandleId handle, CancellationToken cancel)
    {
        if (!kernel.IsAvailable) return 0;
        using var file = await fileSystem.LendAsync(handle, cancel).ConfigureAwait(false);
        return file is null ? 0 : kernel.Open(file);
    }

    private int FollowOrDecide(NodeId node, int offered)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(node, out var mode))
            {
                _open.Add(node, new OpenMode(offered));
                return offered;
            }

            mode.Opens++;
            return mode.BackingId;
        }
    }
}
