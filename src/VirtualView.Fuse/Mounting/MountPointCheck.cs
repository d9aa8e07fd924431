using Microsoft.Extensions.Logging;
using VirtualView.Core.Crashes;

namespace VirtualView.Fuse.Mounting;

/// <summary>Makes sure that a directory can be mounted over, after clearing away our own dead mounts.</summary>
internal sealed class MountPointCheck(FuseMountOptions options, IReadOnlyList<IMountMethod> methods, TimeProvider time, ILogger logger)
{
    public async Task<string> PrepareAsync(CancellationToken cancel)
    {
        var path = MountPath.Resolve(options.MountPoint);
        await ClearDeadMountsAsync(path, cancel).ConfigureAwait(false);
        RequireUsableDirectory(path);
        return path;
    }

    private async Task ClearDeadMountsAsync(string path, CancellationToken cancel)
    {
        while (MountTable.Find(path) is { } entry && entry.Type == $"fuse.{options.Subtype}")
        {
            if (entry != options.Abandoned && !await AbandonedMount.IsDisconnectedAsync(path, time, cancel).ConfigureAwait(false))
                throw new MountException("a view is mounted here already", path, "unmount it first (virtualview unmount DIR), or choose another directory");
            await AbandonedMount.TakeOffAsync(entry, methods, cancel).ConfigureAwait(false);
            FuseLog.StaleDetached(logger, path);
            CrashPoint.Reached(CrashPoints.FuseStaleDetached);
        }
    }

    private void RequireUsableDirectory(string path)
    {
        try
        {
            if (File.Exists(path)) throw new MountException("this is not a directory", path, "choose a directory");
            if (Directory.EnumerateFileSystemEntries(path).Any() && !options.AllowNonEmpty)
                throw new MountException("the directory is not empty, its files would be hidden", path, "choose an empty directory");
        }
        catch (DirectoryNotFoundException cause)
        {
            throw new MountException("there is no such directory", path, $"create it: mkdir -p '{path}'", cause);
        }
        catch (UnauthorizedAccessException cause)
        {
            throw new MountException("the directory may not be read", path, "choose one that you own", cause);
        }
        catch (IOException cause)
        {
            throw new MountException(cause.Message, path, "choose another directory", cause);
        }
    }
}
