using System.Runtime.InteropServices;
using VirtualView.Fuse.Native;

namespace VirtualView.Fuse.Mounting;

/// <summary>A pair of sockets over which a child process hands a descriptor to us.</summary>
internal sealed class DescriptorSocket : IDisposable
{
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
    public Descriptor? TryReceive()
    {
        DescriptorMessage.Receive(_ours, stackalloc byte[1], LibC.DoNotWait, out var descriptor);
        return descriptor;
    }

    public void Dispose()
    {
        Inherited.Dispose();
        _ours.Dispose();
    }
}
