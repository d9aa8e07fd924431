using System.Globalization;
using System.Runtime.InteropServices;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Native;

namespace VirtualView.Fuse.Mounting;

/// <summary><c>mount(2)</c> by ourselves.</summary>
internal sealed class SystemMount : IMountMethod
{
    public string Name => "mount(2)";

    /// <exception cref="NotPermittedException">We lack the right, which <c>fusermount3</c> may have.</exception>
    public Task<Descriptor> MountAsync(string path, FuseMountOptions options, CancellationToken cancel)
    {
        var device = FuseDevice.TryOpen(out var errno);
        if (device is null) throw DeviceRefused(errno);
        var flags = LibC.MountNoSuid | LibC.MountNoDev | (options.ReadOnly ? LibC.MountReadOnly : 0);
        if (LibC.Mount(options.FileSystemName, path, $"fuse.{options.Subtype}", flags, Data(device, options)) == 0)
            return Task.FromResult(device);
        errno = Marshal.GetLastPInvokeError();
        device.Dispose();
        throw MountRefused(path, errno);
    }

    public Task<UnmountOutcome> UnmountAsync(string path, bool force, CancellationToken cancel) =>
        Task.Run(() => Unmount(path, force), cancel); // the last unmount of a file system takes its time

    private static string Data(Descriptor device, FuseMountOptions options)
    {
        var data = string.Create(
            CultureInfo.InvariantCulture,
            $"fd={device.Number},rootmode=40000,user_id={LibC.EffectiveUser()},group_id={LibC.EffectiveGroup()},default_permissions,max_read={options.MaxReadBytes}");
        return options.AllowOther ? data + ",allow_other" : data;
    }

    private static UnmountOutcome Unmount(string path, bool force)
    {
        // Both: the connection is aborted, and the name is free at once even if files are open.
        var flags = LibC.UnmountNoFollow | (force ? LibC.UnmountForce | LibC.UnmountDetach : 0);
        if (LibC.Unmount(path, flags) == 0) return UnmountOutcome.Unmounted;
        return Marshal.GetLastPInvokeError() switch
        {
            Errno.EBUSY => UnmountOutcome.Busy,
            Errno.EINVAL or Errno.ENOENT => UnmountOutcome.NotMounted,
            var errno => throw new MountException(Describe("cannot unmount", errno), path, "only root, or who mounted it, may do this"),
        };
    }

    private static Exception DeviceRefused(int errno)
    {
        var reason = new MountException(Describe("cannot open it", errno), FuseDevice.Path, FuseDevice.Advice(errno));
        return errno is Errno.EACCES or Errno.EPERM ? new NotPermittedException(reason) : reason;
    }

    private static Exception MountRefused(string path, int errno)
    {
        var advice = errno switch
        {
            Errno.EPERM or Errno.EACCES => "mount as root, in a user namespace (unshare -Urm), or through fusermount3",
            Errno.ENODEV => "load the kernel's module: modprobe fuse",
            _ => "see what the error says",
        };
        var reason = new MountException(Describe("mount(2) failed", errno), path, advice);
        return errno is Errno.EPERM or Errno.EACCES ? new NotPermittedException(reason) : reason;
    }

    private static string Describe(string what, int errno) => $"{what}: {Marshal.GetPInvokeErrorMessage(errno)}";
}
