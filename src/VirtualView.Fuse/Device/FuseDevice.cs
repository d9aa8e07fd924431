using System.Runtime.InteropServices;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Native;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Device;

/// <summary>Opens <c>/dev/fuse</c>, never to be inherited by a child process.</summary>
internal static class FuseDevice
{
    public const string Path = "/dev/fuse";

    /// <summary>An unconnected device, or null and why.</summary>
    public static Descriptor? TryOpen(out int errno)
    {
        var number = LibC.Open(Path, LibC.ReadWrite | LibC.CloseOnExec);
        errno = number < 0 ? Marshal.GetLastPInvokeError() : 0;
        return number < 0 ? null : new Descriptor(number);
    }

    /// <summary>
    /// A channel of its own on the connection of <paramref name="device"/>, with its own list of requests in the kernel.
    /// Where that is not permitted, the same channel again: correct, with more contention.
    /// </summary>
    public static DeviceChannel CloneOrShare(DeviceChannel device)
    {
        if (TryOpen(out _) is not { } clone) return device;
        var number = (uint)device.Device.Number;
        if (LibC.Ioctl(clone, FuseProtocol.CloneDevice, ref number) == 0) return new DeviceChannel(clone);
        clone.Dispose();
        return device;
    }

    /// <summary>What to do about a device that cannot be opened.</summary>
    public static string Advice(int errno) => errno switch
    {
        Errno.ENOENT or Errno.ENODEV or Errno.ENXIO => "load the kernel's module (modprobe fuse), or give the container --device /dev/fuse",
        Errno.EACCES or Errno.EPERM => "ask the administrator for access to /dev/fuse (its group, often fuse, or mode 0666); a container needs --device /dev/fuse",
        _ => "see what the error says",
    };
}
