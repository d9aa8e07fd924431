using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace VirtualView.Service.Sockets;

/// <summary>Who is at the other end of a Unix socket, as the kernel recorded it when the peer connected.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct PeerCredentials(int ProcessId, uint UserId, uint GroupId)
{
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int PeerCredentialsOption = 17; // SO_PEERCRED

    public static PeerCredentials Of(Socket socket)
    {
        Span<PeerCredentials> answer = stackalloc PeerCredentials[1];
        var bytes = MemoryMarshal.AsBytes(answer);
        var length = socket.GetRawSocketOption(SocketLevel, PeerCredentialsOption, bytes);
        return length == bytes.Length
            ? answer[0]
            : throw new SocketException((int)SocketError.OperationNotSupported);
    }

    /// <summary>Only the daemon's own user and root may talk to it.</summary>
    public bool MayControl(uint daemonUserId) => UserId == 0 || UserId == daemonUserId;
}
