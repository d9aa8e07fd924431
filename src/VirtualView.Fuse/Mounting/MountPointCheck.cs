using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using VirtualView.Core.Crashes;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Native;

namespace VirtualView.Fuse.Mounting;

/// <summary>Makes sure that a directory can be mounted over, after clearing away our own dead mounts.</summary>
internal sealed class MountPointCheck(FuseMountOptions options, IReadOnlyList<IMountMethod> methods, TimeProvider time, ILogger logger)
{
    /// <summary>A mount that says nothing for this long is alive, and busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

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
            if (!await IsDeadAsync(path, cancel).ConfigureAwait(false))
                throw new MountException("a view is mounted here already", path, "unmount it first (virtualview unmount DIR), or choose another directory");
            await DetachAsync(path, cancel).ConfigureAwait(false);
            FuseLog.StaleDetached(logger, path);
            CrashPoint.Reached(CrashPoints.FuseStaleDetached);
        }
    }

    /// <summary>
    /// Asked by what only a daemon can answer: attributes may still be in the kernel's memory long after its death. On a
    /// thread of its own: a mount whose daemon hangs would keep the caller.
    /// </summary>
    private async Task<bool> IsDeadAsync(string path, CancellationToken cancel)
    {
        var probe = Task.Run(() => LibC.FileSystemStatistics(path, new byte[256]) != 0 && Marshal.GetLastPInvokeError() == Errno.ENOTCONN, cancel);
        try
        {
            return await probe.WaitAsync(Patience, time, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task DetachAsync(string path, CancellationToken cancel)
    {
        MountException? refusal = null;
        foreach (var method in methods)
        {
            try
            {
                await method.UnmountAsync(path, force: true, cancel).ConfigureAwait(false);
                return;
            }
            catch (MountException cause)
            {
                refusal = cause;
            }
        }

        throw new MountException("a dead mount lies here and cannot be removed", path, "as its owner or root: fusermount3 -uz DIR", refusal);
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
