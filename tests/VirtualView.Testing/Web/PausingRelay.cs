using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace VirtualView.Testing.Web;

/// <summary>Stands before a server and stops its first long answer in the middle, until the test lets it go on.</summary>
public sealed class PausingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _running = [];
    private readonly TaskCompletionSource _paused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _serverPort;
    private readonly long _pauseAfterBytes;

    public PausingRelay(int serverPort, long pauseAfterBytes)
    {
        (_serverPort, _pauseAfterBytes) = (serverPort, pauseAfterBytes);
        _listener.Start();
        _running.Add(AcceptAsync());
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends when so much has passed that the headers are out and the server waits for room.</summary>
    public Task Paused => _paused.Task;

    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        await Task.WhenAll(_running).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _running.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false)));
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException)
        {
            // Stopped.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var _ = client;
        using var server = new TcpClient { ReceiveBufferSize = 64 * 1024 };
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token).ConfigureAwait(false);
            var back = AnswerAsync(server.GetStream(), client.GetStream());
            await client.GetStream().CopyToAsync(server.GetStream(), _stop.Token).ConfigureAwait(false);
            server.Client.Shutdown(SocketShutdown.Send);
            await back.ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or SocketException)
        {
            // One side has gone, or the test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        for (long passed = 0; await from.ReadAsync(buffer, _stop.Token).ConfigureAwait(false) is var count and > 0;)
        {
            await to.WriteAsync(buffer.AsMemory(0, count), _stop.Token).ConfigureAwait(false);
            passed += count;
            if (passed < _pauseAfterBytes) continue;
            _paused.TrySetResult();
            await _released.Task.ConfigureAwait(false);
        }
    }
}
