using System.Net;
using System.Net.Sockets;

namespace VirtualView.Tools;

/// <summary>A client's connection, its counterpart to the server, and the two flows between them.</summary>
internal sealed class Connection : IDisposable
{
    // Enough to feed the link; more would let the server believe that bytes have travelled which have not.
    private const int KernelBuffer = 1 << 20;

    private readonly Socket _client;
    private readonly Poller _poller;
    private readonly Action<Connection> _onClosed;
    private readonly Flow _up, _down;
    private Socket? _server;
    private bool _connected;
    private bool _closed;

    public Connection(Socket client, int key, Link link, Poller poller, Action<Connection> onClosed)
    {
        _client = client;
        _client.Blocking = false;
        _client.NoDelay = true;
        Loopback.Prepare(_client);
        _poller = poller;
        _onClosed = onClosed;
        Key = key;
        _up = new Flow(this, link.Up, null, link.SlowStart ? new SlowStart() : null);
        _down = new Flow(this, link.Down, link.Faults, link.SlowStart ? new SlowStart() : null);
    }

    /// <summary>The client's key at the poller; the server's is the next.</summary>
    public int Key { get; }

    /// <summary>Calls the server, one round trip after the client called: what the handshake costs on a real link.</summary>
    public void Open(IPEndPoint server, long now, long halfRtt)
    {
        _server = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            Blocking = false,
            NoDelay = true,
            ReceiveBufferSize = KernelBuffer,
        };
        Loopback.Prepare(_server);
        try
        {
            _server.Connect(server);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // It goes on; the poller tells how it ended.
        }
        catch (SocketException)
        {
            Reset();
            return;
        }
        _up.Open(_client, _server, now);
        // The server hears of the client half a round trip later, so a server that speaks first is not early either.
        _down.Open(_server, _client, now + halfRtt);
        // The client's bytes are not looked at before there is someone to give them to.
        _poller.AddStream(Descriptor(_server), Key + 1);
    }

    public void HandleEvent(bool ofServer, uint events, long now)
    {
        if (_closed || (ofServer && !_connected && !TryFinishConnecting(events)))
            return;
        if ((events & ~Native.EpollOut) != 0)
            (ofServer ? _down : _up).Readable(now);
        if ((events & Native.EpollOut) != 0 && !_closed && _connected)
            (ofServer ? _up : _down).Flush(now);
    }

    /// <summary>Whether the loop shall hear of new bytes from a flow's source. What is there already counts as new.</summary>
    public void WatchSource(Flow flow, bool watch)
    {
        if (flow == _up)
            _poller.ChangeStream(Descriptor(_client), Key, watch);
        else
            _poller.ChangeStream(Descriptor(_server!), Key + 1, watch);
    }

    /// <summary>Ends both sides at once, as a crash of the path would: RST.</summary>
    public void Reset() => Close(abortive: true);

    /// <summary>The server's side is over; the client gets a proper end after the bytes it has.</summary>
    public void CutShort()
    {
        _down.EndHere();
        _server!.LingerState = new LingerOption(true, 0);
        _server.Dispose();
        _up.Discard();
    }

    /// <summary>A sink no longer takes bytes. Its peer learns it half a round trip later.</summary>
    public void SinkFailed(Flow flow, long now)
    {
        flow.Discard();
        (flow == _up ? _down : _up).Finish(SegmentKind.Abort, now);
    }

    /// <summary>A stream has ended: passes the FIN on, and closes when both have.</summary>
    public void EndSink(Socket sink)
    {
        try
        {
            sink.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is gone already; there is no one left to tell.
        }
        if (_up.SinkDone && _down.SinkDone)
            Close(abortive: false);
    }

    public void Dispose() => Reset();

    private static int Descriptor(Socket socket) => (int)socket.SafeHandle.DangerousGetHandle();

    private bool TryFinishConnecting(uint events)
    {
        if ((events & (Native.EpollOut | Native.EpollError | Native.EpollHangUp)) == 0)
            return false;
        _connected = (int)_server!.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! == 0;
        if (_connected)
            _poller.AddStream(Descriptor(_client), Key);
        else
            Reset();
        return _connected;
    }

    private void Close(bool abortive)
    {
        if (_closed)
            return;
        _closed = true;
        foreach (var socket in new[] { _client, _server })
        {
            if (socket is null)
                continue;
            if (abortive && !socket.SafeHandle.IsClosed)
                socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
        }
        _up.Close();
        _down.Close();
        _onClosed(this);
    }
}
