using Microsoft.Extensions.Logging;
using VirtualView.Cache.Layout;

namespace VirtualView.Cache.Disk;

/// <summary>Finds out at the start what the file system of the store's folder can do, and says once what it cannot.</summary>
internal sealed class FileSystemProbe(StoreLayout layout, IDisk disk, ILogger log)
{
    private const int ProbeBytes = 64 << 10;

    /// <summary>False when room comes back only from whole files.</summary>
    public bool HasHoles()
    {
        var path = Path.Combine(layout.Root, "probe");
        var error = Errno.None;
        using (var file = Libc.OpenUnlocked(path))
        {
            if (!file.IsInvalid && disk.Write(file, new byte[ProbeBytes], 0) == Errno.None) error = disk.PunchHole(file, 0, ProbeBytes);
        }

        StoreFormat.TryDelete(path);
        if (!Errno.IsUnsupported(error)) return true; // or it is full: the first eviction tells
        log.NoHoles(layout.Root);
        return false;
    }

    public void NameNetwork()
    {
        if (disk.NetworkFileSystem(layout.Root) is { } name) log.OnNetwork(layout.Root, name);
    }
}
