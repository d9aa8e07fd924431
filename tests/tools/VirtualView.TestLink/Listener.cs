using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace VirtualView.Tools;

/// <summary>A listening socket that can refuse for a while without losing its port.</summary>
internal sealed class Listener : IDisposable
{
    private const int Backlog = 512;
    private const int ShutRead = 0;

    private readonly Socket _socket;

    public Listener(IPEndPoint at)
    {
        _socket = at.Port == 0 ? BindFree(at.Address) : Bind(at);
        _socket.Listen(Backlog);
        _socket.Blocking = false;
        Endpoint = (IPEndPoint)_socket.LocalEndPoint!;
    }

    public IPEndPoint Endpoint { get; }

    public int Descriptor => (int)_socket.SafeHandle.DangerousGetHandle();

    /// <summary>From now on the kernel answers a connection attempt with RST. Those not yet accepted are reset too.</summary>
    public void Pause() => Native.Check(Native.Shutdown(Descriptor, ShutRead));

    public void Resume() => Native.Check(Native.Listen(Descriptor, Backlog));

    public bool TryAccept([NotNullWhen(true)] out Socket? client)
    {
        client = null;
        try
        {
            if (!_socket.Poll(0, SelectMode.SelectRead))
                return false;
            client = _socket.Accept();
            return true;
        }
        catch (SocketException)
        {
            // The client gave up, or the listener is paused: in both cases there is no one to accept.
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();

    private static Socket Bind(IPEndPoint at)
    {
        var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(at);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Linux keeps the port of a paused listener only if it was asked for by number: find one, then ask for it.</summary>
    private static Socket BindFree(IPAddress address)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var probe = Bind(new IPEndPoint(address, 0));
            var free = (IPEndPoint)probe.LocalEndPoint!;
            probe.Dispose();
            try
            {
                return Bind(free);
            }
            catch (SocketException) when (attempt < 10)
            {
                // Somebody took it in between.
            }
        }
    }
}
