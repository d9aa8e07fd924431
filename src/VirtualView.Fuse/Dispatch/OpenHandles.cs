using VirtualView.Core.FileSystem;
using VirtualView.Fuse.Passthrough;

namespace VirtualView.Fuse.Dispatch;

/// <summary>The handles that the kernel holds. An aborted mount releases none of them, so its end does.</summary>
internal sealed class OpenHandles(IViewFileSystem fileSystem, OpenModes modes)
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

    public void ReleaseAll()
    {
        HandleId[] files, directories;
        lock (_gate) (files, directories) = ([.. _files.Keys], [.. _directories.Keys]);
        foreach (var handle in files) Release(handle, isDirectory: false);
        foreach (var handle in directories) Release(handle, isDirectory: true);
    }

    private Dictionary<HandleId, NodeId> Of(bool isDirectory) => isDirectory ? _directories : _files;
}
