using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace VirtualView.Service.Sockets;

/// <summary>
/// Listens on a Unix socket for the daemon's own user and root, for what HTTP cannot carry. Each connection is served by
/// itself, and closed after.
/// </summary>
public sealed partial class PeerListener : IAsyncDisposable
{
    private const int MostWaiting = 64;

    private readonly Socket _socket;
    private readonly string _path;
    private readonly Func<Socket, CancellationToken, Task> _serve;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = []; // guarded by _gate
    private readonly Task _accepting;

    private PeerListener(Socket socket, string path, Func<Socket, CancellationToken, Task> serve, ILogger logger)
    {
        (_socket, _path, _serve, _logger) = (socket, path, serve, logger);
        _accepting = AcceptAsync();
    }

    /// <summary>Listens when it returns.</summary>
    /// <exception cref="IOException">The socket cannot be made; the message says why and what to do.</exception>
    public static PeerListener Start(string path, Func<Socket, CancellationToken, Task> serve, ILoggerFactory logs)
    {
        SocketFile.Prepare(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            SocketFile.Restrict(path);
            socket.Listen(MostWaiting);
        }
        catch (SocketException refused)
        {
            socket.Dispose();
            throw new IOException($"cannot listen at {path}: {refused.Message}", refused);
        }

        return new PeerListener(socket, path, serve, logs.CreateLogger<PeerListener>());
    }

    /// <summary>Has what is served end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Dispose();
        await _accepting;
        Task[] running;
        lock (_gate)
            running = [.. _running];
        await Task.WhenAll(running);
        File.Delete(_path);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Begin(await _socket.AcceptAsync(_stop.Token));
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException refused)
            {
                LogBroken(refused);
            }
        }
    }

    private void Begin(Socket connection)
    {
        lock (_gate)
        {
            var task = ServeAsync(connection);
            if (task.IsCompleted) return;
            _running.Add(task);
            _ = task.ContinueWith(Ended, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private void Ended(Task task)
    {
        lock (_gate)
            _running.Remove(task);
    }

    private async Task ServeAsync(Socket connection)
    {
        using (connection)
        {
            try
            {
                var peer = PeerCredentials.Of(connection);
                if (peer.MayControl(ProcessUser.EffectiveId)) await Task.Run(() => _serve(connection, _stop.Token));
                else LogRefused(peer.UserId, peer.ProcessId);
            }
            catch (Exception broken)
            {
                // The edge of a connection: whatever one client does, the next one is served.
                LogBroken(broken);
            }
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Refused a connection of user {UserId} (process {ProcessId})")]
    private partial void LogRefused(uint userId, int processId);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "A connection broke")]
    private partial void LogBroken(Exception cause);
}
