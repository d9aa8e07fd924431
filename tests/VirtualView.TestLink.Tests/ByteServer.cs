using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace VirtualView.Tools.Tests;

/// <summary>Answers each 8-byte request, a count, with that many bytes of a known pattern; several on one connection.</summary>
internal sealed class ByteServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _sessions = [];
    private readonly Task _accepting;

    public ByteServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>The byte at a position of an answer. 251 is prime, so no power of two hides a shift.</summary>
    public static byte PatternAt(long position) => (byte)(position % 251);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        await Task.WhenAll(_sessions);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _sessions.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket accepted)
    {
        using var socket = accepted;
        using var stream = new NetworkStream(socket);
        var request = new byte[8];
        var chunk = new byte[251 * 512];
        for (var i = 0; i < chunk.Length; i++)
            chunk[i] = PatternAt(i);
        try
        {
            while (await stream.ReadAtLeastAsync(request, request.Length, throwOnEndOfStream: false, _stop.Token) == request.Length)
                for (var left = BinaryPrimitives.ReadInt64LittleEndian(request); left > 0; left -= chunk.Length)
                    await stream.WriteAsync(chunk.AsMemory(0, (int)Math.Min(left, chunk.Length)), _stop.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Broken connections are what these tests make.
        }
    }
}
