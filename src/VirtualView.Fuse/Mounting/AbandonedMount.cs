using System.Runtime.InteropServices;
using VirtualView.Core.Paths;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Native;

namespace VirtualView.Fuse.Mounting;

/// <summary>
/// A mount whose daemon is dead. Where nobody else holds its device, every call answers ENOTCONN; where somebody does (a
/// process that inherited it, a thread that is stuck in the kernel), calls wait until the connection is aborted.
/// </summary>
public static class AbandonedMount
{
    private const string Connections = "/sys/fs/fuse/connections";

    /// <summary>A mount that says nothing for this long is not known to be dead.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether the kernel knows that the daemon is gone. Asked by what only a daemon can answer: attributes may still be in
    /// the kernel's memory long after its death. On a thread of its own: a mount whose daemon hangs would keep the caller.
    /// </summary>
    public static async Task<bool> IsDisconnectedAsync(string mountPoint, TimeProvider time, CancellationToken cancel)
    {
        var probe = Task.Run(() => LibC.FileSystemStatistics(mountPoint, new byte[256]) != 0 && Marshal.GetLastPInvokeError() == Errno.ENOTCONN, cancel);
        try
        {
            return await probe.WaitAsync(Patience, time, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Ends the waiting of all who wait in it, and takes it off its mount point.</summary>
    /// <exception cref="MountException">It is not permitted.</exception>
    public static Task TakeOffAsync(MountEntry mount, CancellationToken cancel) =>
        TakeOffAsync(mount, MountMethods.Of(MountMethod.Automatic), cancel);

    internal static async Task TakeOffAsync(MountEntry mount, IReadOnlyList<IMountMethod> methods, CancellationToken cancel)
    {
        var path = RawText.ToText(mount.MountPoint);
        TryAbort(mount);
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

    /// <summary>
    /// Through the control files of FUSE, which belong to who mounted: <c>fusermount3</c> aborts nothing. Root's unmount by
    /// force aborts by itself, so nothing is lost where they are not there.
    /// </summary>
    private static void TryAbort(MountEntry mount)
    {
        var minor = mount.Device[(mount.Device.IndexOf(':', StringComparison.Ordinal) + 1)..];
        try
        {
            using var abort = new FileStream($"{Connections}/{minor}/abort", FileMode.Open, FileAccess.Write);
            abort.Write("1"u8);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Not there, or not ours: the unmount says whether we may.
        }
    }
}
