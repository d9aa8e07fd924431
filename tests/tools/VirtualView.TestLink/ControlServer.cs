using System.Net;
using System.Net.Sockets;

namespace VirtualView.Tools;

/// <summary>Takes commands over TCP, a line each, and answers each with a line.</summary>
internal sealed class ControlServer(TestLink link, IPEndPoint at) : IDisposable
{
    private readonly TcpListener _listener = new(at);

    /// <summary>Listens; the address that was taken.</summary>
    public IPEndPoint Start()
    {
        _listener.Start();
        return (IPEndPoint)_listener.LocalEndpoint;
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        var sessions = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(cancel);
                sessions.RemoveAll(session => session.IsCompleted);
                sessions.Add(ServeAsync(client, cancel));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(sessions);
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(TcpClient client, CancellationToken cancel)
    {
        using var connection = client;
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
        try
        {
            while (await reader.ReadLineAsync(cancel) is { } line)
                await writer.WriteLineAsync(LinkCommand.Execute(link, line));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The other side has gone, or we end: a session has nothing to keep.
        }
    }
}
