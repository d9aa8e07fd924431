using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Native;

/// <summary>Bytes and at most one descriptor, sent together over a Unix socket (<c>SCM_RIGHTS</c>).</summary>
internal static unsafe class DescriptorMessage
{
    /// <summary>A <c>cmsghdr</c> of 16 bytes and one descriptor, up to the next multiple of 8.</summary>
    private const int ControlBytes = 24;
    private const int ControlHeaderBytes = 16;
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int Rights = 1; // SCM_RIGHTS

    /// <summary>The number of bytes received, negative when there are none, and the descriptor if there was one.</summary>
    public static int Receive(SafeHandle socket, Span<byte> into, int flags, out Descriptor? descriptor)
    {
        descriptor = null;
        var control = stackalloc byte[ControlBytes];
        new Span<byte>(control, ControlBytes).Clear();
        fixed (byte* data = into)
        {
            var vector = new IoVector { Base = data, Length = (nuint)into.Length };
            var message = new MessageHeader { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = ControlBytes };
            var received = (int)LibC.ReceiveMessage(socket, &message, flags | LibC.MessageCloseOnExec);
            if (received > 0 && message.ControlLength >= ControlHeaderBytes + sizeof(int))
                descriptor = new Descriptor(*(int*)(control + ControlHeaderBytes));
            return received;
        }
    }

    /// <summary>False when it cannot be sent; the error is in <see cref="Marshal.GetLastPInvokeError"/>.</summary>
    public static bool TrySend(SafeHandle socket, ReadOnlySpan<byte> bytes, Descriptor descriptor)
    {
        var control = stackalloc byte[ControlBytes];
        new Span<byte>(control, ControlBytes).Clear();
        *(nuint*)control = ControlHeaderBytes + sizeof(int);
        *(int*)(control + 8) = SocketLevel;
        *(int*)(control + 12) = Rights;
        *(int*)(control + ControlHeaderBytes) = descriptor.Number;
        fixed (byte* data = bytes)
        {
            var vector = new IoVector { Base = data, Length = (nuint)bytes.Length };
            var message = new MessageHeader { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = ControlBytes };
            return LibC.SendMessage(socket, &message, LibC.NoSignal) == bytes.Length;
        }
    }
}
