using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VirtualView.Sources.Tests.Http;

/// <summary>A server on a raw socket that can lie: each request is answered with the bytes that the test says.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Func<string, ScriptedAnswer> _answer;
    private readonly Task _accepting;
    private int _connectionCount;

    public ScriptedServer(Func<string, ScriptedAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    /// <summary>The heads of all requests so far.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public int ConnectionCount => Volatile.Read(ref _connectionCount);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connectionCount);
                _connections.Add(ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            while (await ReadHeadAsync(stream) is { } request)
            {
                _requests.Enqueue(request);
                await SkipBodyAsync(stream, request);
                var answer = _answer(request);
                await stream.WriteAsync(answer.Bytes, _stop.Token);
                if (answer.Then == ScriptedAnswer.After.Hang) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
                if (answer.Then == ScriptedAnswer.After.Reset) client.LingerState = new LingerOption(true, 0);
                if (answer.Then != ScriptedAnswer.After.Keep) return;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client has gone, or the test is over.
        }
    }

    // Unread, it would be taken for the next request, and make a closed connection a broken one.
    private async Task SkipBodyAsync(NetworkStream stream, string request)
    {
        const string header = "\r\nContent-Length: ";
        if (request.IndexOf(header, StringComparison.Ordinal) is not (> 0 and var at)) return;
        var length = int.Parse(request[(at + header.Length)..].Split('\r')[0], CultureInfo.InvariantCulture);
        await stream.ReadExactlyAsync(new byte[length], _stop.Token);
    }

    private async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!(head.Count >= 4 && head[^4..] is [13, 10, 13, 10]))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0) return null;
            head.Add(one[0]);
        }

        return Encoding.Latin1.GetString([.. head]);
    }
}
