using VirtualView.Core.FileSystem;

namespace VirtualView.Fuse.Dispatch;

/// <summary>The handles that the kernel holds. An aborted mount releases none of them, so its end does.</summary>
internal sealed class OpenHandles(IViewFileSystem fileSystem)
{
    private readonly Lock _gate = new();
    private readonly HashSet<HandleId> _files = []; // guarded by _gate
    private readonly HashSet<HandleId> _directories = []; // guarded by _gate

    public void Add(HandleId handle, bool isDirectory)
    {
        lock (_gate) Of(isDirectory).Add(handle);
    }

    /// <summary>A handle that is not open, or not any more, is let pass: the kernel has nothing to learn from it.</summary>
    public void Release(HandleId handle, bool isDirectory)
    {
        bool wasOpen;
        lock (_gate) wasOpen = Of(isDirectory).Remove(handle);
        if (!wasOpen) return;
        if (isDirectory)
            fileSystem.ReleaseDirectory(handle);
        else
            fileSystem.Release(handle);
    }

    public void ReleaseAll()
    {
        HandleId[] files, directories;
        lock (_gate) (files, directories) = ([.. _files], [.. _directories]);
        foreach (var handle in files) Release(handle, isDirectory: false);
        foreach (var handle in directories) Release(handle, isDirectory: true);
    }

    private HashSet<HandleId> Of(bool isDirectory) => isDirectory ? _directories : _files;
}
