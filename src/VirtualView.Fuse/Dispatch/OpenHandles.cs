using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Passthrough;

namespace VirtualView.Fuse.Dispatch;

/// <summary>The handles that the kernel holds. An aborted mount releases none of them, so its end does.</summary>
internal sealed class OpenHandles(IViewFileSystem fileSystem, OpenModes modes, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<HandleId, NodeId> _files = []; // guarded by _gate
    private readonly Dictionary<HandleId, NodeId> _directories = []; // guarded by _gate

    public void Add(HandleId handle, NodeId node, bool isDirectory)
    {
        lock (_gate) Of(isDirectory).Add(handle, node);
    }

    /// <summary>A handle that is not open, or not any more, is let pass: the kernel has nothing to learn from it.</summary>
    public void Release(HandleId handle, bool isDirectory)
    {
        NodeId node;
        bool wasOpen;
        lock (_gate) wasOpen = Of(isDirectory).Remove(handle, out node);
        if (!wasOpen) return;
        if (isDirectory)
        {
            fileSystem.ReleaseDirectory(handle);
            return;
        }

        modes.Leave(node);
        fileSystem.Release(handle);
    }

    /// <summary>
    /// What was written since the last flush is kept first: a program may write through a mapping after it has closed the
    /// file, and no flush tells of that.
    /// </summary>
    public async ValueTask<FileSystemError> SaveAndReleaseAsync(HandleId file)
    {
        try
        {
            if (!IsOpen(file) || fileSystem is not IWritableFileSystem writable) return FileSystemError.None;
            var error = await writable.FlushAsync(file, CancellationToken.None).ConfigureAwait(false);
            if (error != FileSystemError.None) FuseLog.NotSaved(logger, file.Value, error);
            return error;
        }
        finally
        {
            Release(file, isDirectory: false);
        }
    }

    public async Task ReleaseAllAsync()
    {
        HandleId[] files, directories;
        lock (_gate) (files, directories) = ([.. _files.Keys], [.. _directories.Keys]);
        foreach (var handle in files) await SaveAndReleaseAsync(handle).ConfigureAwait(false);
        foreach (var handle in directories) Release(handle, isDirectory: true);
    }

    private bool IsOpen(HandleId file)
    {
        lock (_gate) return _files.ContainsKey(file);
    }

    private Dictionary<HandleId, NodeId> Of(bool isDirectory) => isDirectory ? _directories : _files;
}
