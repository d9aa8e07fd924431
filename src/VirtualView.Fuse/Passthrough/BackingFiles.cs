using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Dispatch;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Native;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Passthrough;

/// <summary>Backing files of a real kernel. A refusal for good ends it for the mount: the next file would fare no better.</summary>
internal sealed class BackingFiles(DeviceChannel channel, ILogger logger) : IBackingFiles
{
    private volatile bool _isAvailable;

    public bool IsAvailable => _isAvailable;

    /// <summary>Finds out, once INIT is over, whether files can be passed through.</summary>
    public void Begin(Agreement agreement)
    {
        if ((agreement.Granted & InitFlags.Passthrough) == 0)
        {
            FuseLog.NotPassedThrough(logger, "it is turned off, or the kernel (before 6.9) cannot do else");
            return;
        }

        // To close what no id names is refused one way to who may, and another way to who may not.
        uint nothing = 0;
        var errno = LibC.Ioctl(channel.Device, FuseProtocol.CloseBacking, ref nothing) < 0 ? Marshal.GetLastPInvokeError() : 0;
        _isAvailable = errno == Errno.EINVAL;
        if (!_isAvailable) FuseLog.NotPassedThrough(logger, $"only root may let the kernel read files by itself (errno {errno})");
    }

    public int Open(SafeFileHandle file)
    {
        var isHeld = false;
        try
        {
            file.DangerousAddRef(ref isHeld);
            var map = new BackingMap { Descriptor = (int)file.DangerousGetHandle() };
            var id = LibC.Ioctl(channel.Device, FuseProtocol.OpenBacking, ref map);
            if (id > 0) return id;
            var errno = Marshal.GetLastPInvokeError();
            if (errno is not (Errno.ENOMEM or Errno.EMFILE or Errno.ENFILE or Errno.ENOSPC)) End(errno);
            return 0;
        }
        finally
        {
            if (isHeld) file.DangerousRelease();
        }
    }

    public void Close(int id)
    {
        var number = (uint)id;
        try
        {
            _ = LibC.Ioctl(channel.Device, FuseProtocol.CloseBacking, ref number);
        }
        catch (ObjectDisposedException)
        {
            // The mount has ended, and the kernel has let go of all.
        }
    }

    private void End(int errno)
    {
        _isAvailable = false;
        FuseLog.NotPassedThrough(logger, errno == Errno.ELOOP
            ? "the cache is on an overlay or another stacked file system"
            : $"the kernel refused a file of the cache (errno {errno})");
    }
}
