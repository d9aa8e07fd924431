using System.Net.Sockets;

namespace VirtualView.Cli.Sessions;

/// <summary>
/// How the daemon learns whether the program of a session was run: just before <c>run</c> becomes the program it says so,
/// and the kernel closes the socket with that step. Where the step fails, <c>run</c> takes it back.
/// </summary>
internal static class RunVerdict
{
    private const byte Ran = 1;
    private const byte Failed = 0;

    /// <summary>To be said last: from here on what was kept may be thrown away at the end.</summary>
    public static void SayRunning(Socket daemon) => Say(daemon, Ran);

    public static void TakeBack(Socket daemon) => Say(daemon, Failed);

    /// <summary>Waits for the end of the connection. A client that says nothing has run nothing.</summary>
    public static async Task<bool> HearAsync(Socket client, CancellationToken cancel)
    {
        var said = new byte[1];
        var hasRun = false;
        while (await client.ReceiveAsync(said, cancel) > 0) hasRun = said[0] == Ran;
        return hasRun;
    }

    private static void Say(Socket daemon, byte word)
    {
        try
        {
            daemon.Send([word]);
        }
        catch (SocketException)
        {
            // A daemon that is dead throws nothing away; the program meets that in its first call.
        }
    }
}
