using System.Diagnostics;

namespace VirtualView.Testing.Web;

/// <summary>
/// A real nginx of our own on a free loopback port, serving <see cref="Files"/> in three ways. Works with and without
/// root. Tests that use it carry <c>[Trait("Needs", "nginx")]</c>.
/// </summary>
public sealed class NginxServer : WebServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <summary>Lists in nginx's JSON.</summary>
    public Uri JsonUrl => At("/json/");

    /// <summary>Lists in nginx's HTML.</summary>
    public Uri HtmlUrl => At("/html/");

    /// <summary>Serves files and refuses to list.</summary>
    public Uri UnlistedUrl => At("/unlisted/");

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

    /// <summary>While true every request is answered with 429, which asks to wait <see cref="BusyPause"/>.</summary>
    public bool Busy
    {
        get => File.Exists(BusyPath);
        set
        {
            if (value) File.WriteAllBytes(BusyPath, []);
            else File.Delete(BusyPath);
        }
    }

    public static TimeSpan BusyPause { get; } = TimeSpan.FromSeconds(2);

    private string BusyPath => Path.Combine(Prefix, "busy");

    private string RefusalPath => Path.Combine(Prefix, "refusing");

    private string LogPath => Path.Combine(Prefix, "access.log");

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

    protected override async ValueTask<ProcessStartInfo> PrepareAsync()
    {
        await WriteAsync("nginx.conf", Configuration()).ConfigureAwait(false);
        return new ProcessStartInfo(FindExecutable(), ["-p", Prefix, "-c", "nginx.conf", "-e", "error.log"]);
    }

    private string Configuration() =>
        $$"""
        daemon off; {{(Environment.IsPrivilegedProcess ? "user root;" : "")}} worker_processes 2; pid nginx.pid; error_log error.log;
        events { worker_connections 512; }
        http {
          log_format requests '{{NginxRequest.LogFormat}}'; access_log access.log requests;
          client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
          default_type application/octet-stream; sendfile on; keepalive_requests 1000000;
          map $status $pause { 429 {{BusyPause.TotalSeconds}}; default ""; }
          server {
            add_header Retry-After $pause always;
            if (-f "{{BusyPath}}") { return 429; }
            listen 127.0.0.1:{{Port}};
            if (-f "{{RefusalPath}}") { return 503; }
            location /json/ { alias "{{Files.Path}}/"; autoindex on; autoindex_format json; }
            location /html/ { alias "{{Files.Path}}/"; autoindex on; }
            location /unlisted/ { alias "{{Files.Path}}/"; }
          }
        }
        """;

    // Debian keeps it out of the search path of ordinary users.
    private static string FindExecutable() => File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
}
