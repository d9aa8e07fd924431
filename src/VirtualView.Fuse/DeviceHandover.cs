using System.Net.Sockets;
using System.Runtime.InteropServices;
using VirtualView.Core.FileSystem;
using VirtualView.Fuse.Mounting;
using VirtualView.Fuse.Native;
using Microsoft.Extensions.Logging;

namespace VirtualView.Fuse;

/// <summary>
/// One process mounts, in a namespace of its own, and another one serves: the device passes between them over a Unix
/// socket, with a message that says what is to be shown.
/// </summary>
public static class DeviceHandover
{
    public const int MostMessageBytes = 64 << 10;

    /// <summary>Mounts by <c>mount(2)</c>, and hands the device to whoever listens.</summary>
    /// <exception cref="MountException">It cannot be mounted; the message says why and what to do.</exception>
    /// <exception cref="IOException">It cannot be sent.</exception>
    public static async Task MountAsync(FuseMountOptions options, Socket socket, ReadOnlyMemory<byte> message, CancellationToken cancel)
    {
        options.Validate();
        try
        {
            using var device = await new SystemMount().MountAsync(options.MountPoint, options, cancel).ConfigureAwait(false);
            if (!DescriptorMessage.TrySend(socket.SafeHandle, message.Span, device)) throw new IOException($"sendmsg: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        catch (NotPermittedException refusal)
        {
            throw refusal.Reason;
        }
    }

    /// <summary>
    /// Takes off, in the namespace of this process alone, what is mounted at a path; where that is not permitted, it stays. A
    /// copy that nobody can see would keep alive what its daemon has unmounted.
    /// </summary>
    public static void TakeOffCopy(string mountPoint) => _ = LibC.Unmount(mountPoint, LibC.UnmountNoFollow | LibC.UnmountDetach);

    /// <summary>Waits for the message and the device; null when the other side sent none, or too much. Blocks.</summary>
    public static ReceivedDevice? Receive(Socket socket)
    {
        var message = new byte[MostMessageBytes];
        var length = DescriptorMessage.Receive(socket.SafeHandle, message, flags: 0, out var device);
        if (device is not null && length is > 0 and < MostMessageBytes) return new ReceivedDevice(message.AsMemory(0, length), device);
        device?.Dispose();
        return null;
    }

    /// <summary>Serves a device that was handed over, from INIT on.</summary>
    /// <exception cref="MountException">The kernel and we do not come together.</exception>
    public static Task<FuseMount> ServeAsync(
        ReceivedDevice received, FuseMountOptions options, IViewFileSystem fileSystem, TimeProvider time, ILoggerFactory loggers, CancellationToken cancel) =>
        FuseMount.ServeAsync(received.Device, options, fileSystem, time, loggers, cancel);
}
