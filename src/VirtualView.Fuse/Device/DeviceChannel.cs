using System.Runtime.InteropServices;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Native;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Device;

/// <summary>
/// One descriptor over which whole messages pass: a clone of <c>/dev/fuse</c>, or in a test a socket that keeps
/// message boundaries. A reply must go out on the channel that its request came from.
/// </summary>
internal sealed unsafe class DeviceChannel(Descriptor device) : IDisposable
{
    public Descriptor Device { get; } = device;

    /// <summary>Waits for a message and gives its length; zero at the end, with what ended it (zero: closed by the other side, or stopped).</summary>
    /// <param name="stop">Looked at when a signal has come.</param>
    public int Receive(NativePages into, out int errno, CancellationToken stop)
    {
        while (true)
        {
            var length = LibC.Read(Device, into.Start, (nuint)into.Length);
            errno = length < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (length >= 0) return (int)length;
            if (errno == Errno.EINTR && stop.IsCancellationRequested)
            {
                errno = 0;
                return 0;
            }

            // ENOENT: the request was taken back while it was being read.
            if (errno is not (Errno.EINTR or Errno.EAGAIN or Errno.ENOENT)) return 0;
        }
    }

    /// <summary>Sends the first <paramref name="bytes"/> of the payload, or an error alone. Zero, or the kernel's refusal.</summary>
    public int Send(ReplyBuffer reply, ulong unique, int error, int bytes)
    {
        var length = sizeof(OutHeader) + bytes;
        *(OutHeader*)reply.Message = new OutHeader { Length = (uint)length, Error = -error, Unique = unique };
        return Write(reply.Message, length);
    }

    /// <summary>Sends a message that answers no request. Zero, or the kernel's refusal.</summary>
    public int Notify(NotifyCode code, ReadOnlySpan<byte> body)
    {
        var message = stackalloc byte[sizeof(OutHeader) + body.Length];
        var length = sizeof(OutHeader) + body.Length;
        *(OutHeader*)message = new OutHeader { Length = (uint)length, Error = (int)code };
        body.CopyTo(new Span<byte>(message + sizeof(OutHeader), body.Length));
        return Write(message, length);
    }

    public void Dispose() => Device.Dispose();

    private int Write(byte* message, int length)
    {
        while (true)
        {
            if (LibC.Write(Device, message, (nuint)length) >= 0) return 0;
            var errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR) return errno;
        }
    }
}
