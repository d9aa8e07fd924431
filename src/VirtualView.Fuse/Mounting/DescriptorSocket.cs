using System.Runtime.InteropServices;
using VirtualView.Fuse.Native;

namespace VirtualView.Fuse.Mounting;

/// <summary>A pair of sockets over which a child process hands a descriptor to us.</summary>
internal sealed class DescriptorSocket : IDisposable
{
    /// <summary>A <c>cmsghdr</c> of 16 bytes and one descriptor, up to the next multiple of 8.</summary>
    private const int ControlBytes = 24;
    private const int ControlHeaderBytes = 16;

    private readonly Descriptor _ours;

    private DescriptorSocket(Descriptor ours, Descriptor inherited) => (_ours, Inherited) = (ours, inherited);

    /// <summary>The child's end: the one descriptor of ours that child processes inherit, for as long as this lives.</summary>
    public Descriptor Inherited { get; }

    public static unsafe DescriptorSocket Create()
    {
        var pair = stackalloc int[2];
        if (LibC.SocketPair(LibC.UnixDomain, LibC.Stream | LibC.SocketCloseOnExec, 0, pair) != 0)
            throw new IOException($"socketpair: {Marshal.GetLastPInvokeErrorMessage()}");
        var socket = new DescriptorSocket(new Descriptor(pair[0]), new Descriptor(pair[1]));
        _ = LibC.Fcntl(socket.Inherited, LibC.SetDescriptorFlags, 0);
        return socket;
    }

    /// <summary>The descriptor that the child, which has ended, sent; null if it sent none. Does not wait.</summary>
    public unsafe Descriptor? TryReceive()
    {
        byte data;
        var control = stackalloc byte[ControlBytes];
        new Span<byte>(control, ControlBytes).Clear();
        var vector = new IoVector { Base = &data, Length = 1 };
        var message = new MessageHeader { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = ControlBytes };
        var received = LibC.ReceiveMessage(_ours, &message, LibC.DoNotWait | LibC.MessageCloseOnExec);
        if (received <= 0 || message.ControlLength < ControlHeaderBytes + sizeof(int)) return null;
        return new Descriptor(*(int*)(control + ControlHeaderBytes));
    }

    public void Dispose()
    {
        Inherited.Dispose();
        _ours.Dispose();
    }
}
