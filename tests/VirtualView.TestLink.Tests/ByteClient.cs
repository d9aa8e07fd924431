using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace VirtualView.Tools.Tests;

/// <summary>Asks a <see cref="ByteServer"/>, through a link, and tells exactly what came back.</summary>
internal sealed class ByteClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[256 * 1024];

    private ByteClient()
    {
    }

    public static async Task<ByteClient> ConnectAsync(IPEndPoint to, CancellationToken cancel)
    {
        var client = new ByteClient();
        await client._socket.ConnectAsync(to, cancel);
        return client;
    }

    public async Task RequestAsync(long bytes, CancellationToken cancel)
    {
        var request = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(request, bytes);
        await _socket.SendAsync(request, cancel);
    }

    /// <summary>Reads until <paramref name="bytes"/> are there or the connection ends.</summary>
    public async Task<Answer> ReadAsync(long bytes, CancellationToken cancel)
    {
        long position = 0, wrong = 0;
        try
        {
            while (position < bytes)
            {
                var count = await _socket.ReceiveAsync(_buffer, cancel);
                if (count == 0)
                    return new Answer(position, wrong, Ending.Fin);
                for (var i = 0; i < count; i++)
                    wrong += _buffer[i] == ByteServer.PatternAt(position + i) ? 0 : 1;
                position += count;
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return new Answer(position, wrong, Ending.Reset);
        }
        return new Answer(position, wrong, Ending.Open);
    }

    public async Task<Answer> AskAsync(long bytes, CancellationToken cancel)
    {
        await RequestAsync(bytes, cancel);
        return await ReadAsync(bytes, cancel);
    }

    public void Dispose() => _socket.Dispose();
}

/// <summary>Bytes received, how many of them differ from what was sent, and the state of the connection afterwards.</summary>
internal sealed record Answer(long Bytes, long Wrong, Ending Ending);

internal enum Ending
{
    Open,
    Fin,
    Reset,
}
