using System.Net.Sockets;

namespace VirtualView.Tools;

/// <summary>
/// Keeps the machine's own TCP out of what is simulated. A loopback has segments of 64 KiB: a congestion control that lets
/// only a few of them be under way (BBR) and a receiver that acknowledges up to 40 ms late stop a sender now and then for
/// longer than the link's round trip.
/// </summary>
internal static class Loopback
{
    private const int Tcp = 6, QuickAcknowledgement = 12, CongestionControl = 13;

    /// <summary>For what we send: never limited, as nothing is ever lost.</summary>
    public static void Prepare(Socket socket) => socket.SetRawSocketOption(Tcp, CongestionControl, "reno"u8);

    /// <summary>For what we receive: the sender hears of it now. The kernel forgets this wish, so it is said after each read.</summary>
    public static void Acknowledge(Socket socket) => socket.SetRawSocketOption(Tcp, QuickAcknowledgement, [1, 0, 0, 0]);
}
