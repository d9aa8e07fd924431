using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using VirtualView.Testing.Files;
using Xunit;

namespace VirtualView.Testing.Web;

/// <summary>
/// A real nginx of our own on a free loopback port, serving <see cref="Files"/> in three ways. Works with and without
/// root. Tests that use it carry <c>[Trait("Needs", "nginx")]</c>.
/// </summary>
public sealed class NginxServer : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly HostFolder _prefix = new();
    private Process? _process;

    /// <summary>What it serves; readable for all, because workers may run as somebody else.</summary>
    public HostFolder Files { get; } = new();

    public int Port { get; private set; }

    /// <summary>Lists in nginx's JSON.</summary>
    public Uri JsonUrl => new($"http://127.0.0.1:{Port}/json/");

    /// <summary>Lists in nginx's HTML.</summary>
    public Uri HtmlUrl => new($"http://127.0.0.1:{Port}/html/");

    /// <summary>Serves files and refuses to list.</summary>
    public Uri UnlistedUrl => new($"http://127.0.0.1:{Port}/unlisted/");

    /// <summary>While true every request is answered with 503.</summary>
    public bool Refusing
    {
        get => File.Exists(RefusalPath);
        set
        {
            if (value) File.WriteAllBytes(RefusalPath, []);
            else File.Delete(RefusalPath);
        }
    }

    private string RefusalPath => Path.Combine(_prefix.Path, "refusing");

    private string LogPath => Path.Combine(_prefix.Path, "access.log");

    public async ValueTask InitializeAsync()
    {
        const int attempts = 5; // another process may take the free port before nginx does
        for (var attempt = 1; ; attempt++)
        {
            Port = FindFreePort();
            await File.WriteAllTextAsync(Path.Combine(_prefix.Path, "nginx.conf"), Configuration()).ConfigureAwait(false);
            _process = Process.Start(new ProcessStartInfo(FindExecutable(), ["-p", _prefix.Path, "-c", "nginx.conf", "-e", "error.log"]))
                ?? throw new InvalidOperationException("nginx did not start");
            if (await AnswersAsync().ConfigureAwait(false)) return;
            await StopAsync().ConfigureAwait(false);
            if (attempt == attempts) throw new InvalidOperationException($"nginx did not start: {await ErrorsAsync().ConfigureAwait(false)}");
        }
    }

    /// <summary>All requests that were finished so far.</summary>
    public IReadOnlyList<NginxRequest> Requests()
    {
        using var log = new StreamReader(new FileStream(LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var lines = log.ReadToEnd().Split('\n');
        return [.. lines[..^1].Select(NginxRequest.Parse)]; // what follows the last line end is still being written
    }

    /// <summary>Waits until the log, which nginx writes a moment after the answer, has what is looked for.</summary>
    public async Task<IReadOnlyList<NginxRequest>> WaitForRequestsAsync(Func<IReadOnlyList<NginxRequest>, bool> enough, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var requests = Requests();
            if (enough(requests)) return requests;
            if (Stopwatch.GetElapsedTime(started) > Patience) throw new TimeoutException($"the log has {requests.Count} requests");
            await Task.Delay(Step, TimeProvider.System, cancel).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        Files.Dispose();
        _prefix.Dispose();
    }

    private string Configuration() =>
        $$"""
        daemon off; {{(Environment.IsPrivilegedProcess ? "user root;" : "")}} worker_processes 2; pid nginx.pid; error_log error.log;
        events { worker_connections 512; }
        http {
          log_format requests '{{NginxRequest.LogFormat}}'; access_log access.log requests;
          client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
          default_type application/octet-stream; sendfile on; keepalive_requests 1000000;
          server {
            listen 127.0.0.1:{{Port}};
            if (-f "{{RefusalPath}}") { return 503; }
            location /json/ { alias "{{Files.Path}}/"; autoindex on; autoindex_format json; }
            location /html/ { alias "{{Files.Path}}/"; autoindex on; }
            location /unlisted/ { alias "{{Files.Path}}/"; }
          }
        }
        """;

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

    private async Task<string> ErrorsAsync()
    {
        var log = Path.Combine(_prefix.Path, "error.log");
        return File.Exists(log) ? await File.ReadAllTextAsync(log).ConfigureAwait(false) : "no error log";
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Debian keeps it out of the search path of ordinary users.
    private static string FindExecutable() => File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
}
