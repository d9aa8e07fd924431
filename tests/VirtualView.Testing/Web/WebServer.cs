using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using VirtualView.Core.Paths;
using VirtualView.Testing.Files;
using Xunit;

namespace VirtualView.Testing.Web;

/// <summary>
/// A real web server of our own on a free loopback port. Tests that use one carry <c>[Trait("Needs", "web")]</c> (those
/// that use only <see cref="NginxServer"/> <c>"nginx"</c>), and <c>scripts/setup</c> installs them.
/// </summary>
public abstract class WebServer : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly HostFolder _prefix = new();
    private Process? _process;

    /// <summary>What it serves; readable for all, because workers may run as somebody else.</summary>
    public HostFolder Files { get; } = new();

    public int Port { get; private set; }

    /// <summary>Configuration, logs and what else the server writes.</summary>
    protected string Prefix => _prefix.Path;

    public async ValueTask InitializeAsync()
    {
        Files.SetMode(VirtualPath.Root, 0b111_101_101);
        _prefix.SetMode(VirtualPath.Root, 0b111_101_101);
        const int attempts = 5; // another process may take the free port before the server does
        for (var attempt = 1; ; attempt++)
        {
            Port = FindFreePort();
            var start = await PrepareAsync().ConfigureAwait(false);
            start.RedirectStandardError = start.RedirectStandardOutput = true;
            _process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start");
            var said = Task.WhenAll(_process.StandardError.ReadToEndAsync(), _process.StandardOutput.ReadToEndAsync());
            if (await AnswersAsync().ConfigureAwait(false)) return;
            await StopAsync().ConfigureAwait(false);
            if (attempt == attempts) throw new InvalidOperationException($"{start.FileName} did not start: {string.Join('\n', await said.ConfigureAwait(false))}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        Files.Dispose();
        _prefix.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>An address of the server.</summary>
    public Uri At(string path) => new($"{Scheme}://127.0.0.1:{Port}{path}");

    protected virtual string Scheme => "http";

    /// <summary>Writes the configuration for <see cref="Port"/> and says how the server is started in the foreground.</summary>
    protected abstract ValueTask<ProcessStartInfo> PrepareAsync();

    protected async ValueTask<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(Prefix, name);
        await File.WriteAllTextAsync(path, text).ConfigureAwait(false);
        return path;
    }

    /// <summary>A folder into which workers may write, whoever they are.</summary>
    protected string MakeSharedFolder(string name)
    {
        var path = VirtualPath.Parse(name);
        _prefix.PutDirectory(path);
        _prefix.SetMode(path, 0b111_111_111);
        return _prefix.Locate(path);
    }

    private async Task<bool> AnswersAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (!_process!.HasExited && Stopwatch.GetElapsedTime(started) < Patience)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, Port).ConfigureAwait(false);
                if (!_process.HasExited) return true;
            }
            catch (SocketException)
            {
                await Task.Delay(Step, TimeProvider.System).ConfigureAwait(false);
            }
        }

        return false;
    }

    // To the master, which ends its workers; killing it hard would leave them behind.
    private async Task StopAsync()
    {
        if (_process is null) return;
        if (!_process.HasExited && HostCalls.Signal(_process.Id, HostCalls.Terminate) == 0)
            await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
        _process = null;
    }

    protected static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
