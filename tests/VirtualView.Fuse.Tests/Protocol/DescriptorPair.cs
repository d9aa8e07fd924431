using VirtualView.Fuse.Native;

namespace VirtualView.Fuse.Tests.Protocol;

/// <summary>Two connected sockets that keep message boundaries, as <c>/dev/fuse</c> does.</summary>
internal static class DescriptorPair
{
    public static unsafe (int Ours, int Theirs) Create()
    {
        var pair = stackalloc int[2];
        Assert.Equal(0, LibC.SocketPair(LibC.UnixDomain, LibC.SequencedPackets | LibC.SocketCloseOnExec, 0, pair));
        return (pair[0], pair[1]);
    }
}
