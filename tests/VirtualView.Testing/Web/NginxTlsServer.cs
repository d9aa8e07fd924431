using System.Diagnostics;

namespace VirtualView.Testing.Web;

/// <summary>
/// nginx with HTTP/2: over TLS at <see cref="WebServer.Port"/>, with a certificate for 127.0.0.1 that an authority made
/// for the test has signed, and without TLS (h2c) at <see cref="PlainPort"/>.
/// </summary>
public sealed class NginxTlsServer : WebServer
{
    public int PlainPort { get; private set; }

    /// <summary>The authority that has signed the certificate.</summary>
    public string CaFile => Path.Combine(Prefix, "ca.pem");

    /// <summary>Another, of the same name.</summary>
    public string OtherCaFile => Path.Combine(Prefix, "other.pem");

    /// <summary>A file that is no certificate.</summary>
    public string KeyFile => Path.Combine(Prefix, "ca.key");

    protected override string Scheme => "https";

    /// <summary>The versions of HTTP that were spoken, as <c>HTTP/2.0</c>, in the order of the requests.</summary>
    public IReadOnlyList<string> Protocols() => File.ReadAllText(Path.Combine(Prefix, "access.log")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    protected override async ValueTask<ProcessStartInfo> PrepareAsync()
    {
        const string key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
        await OpenSslAsync($"req -x509 {key} -keyout ca.key -out ca.pem -subj /CN=authority -days 3").ConfigureAwait(false);
        await OpenSslAsync($"req -x509 {key} -keyout other.key -out other.pem -subj /CN=authority -days 3").ConfigureAwait(false);
        await OpenSslAsync($"req {key} -keyout server.key -out server.csr -subj /CN=server -addext subjectAltName=IP:127.0.0.1").ConfigureAwait(false);
        await OpenSslAsync("x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out server.pem -days 2 -copy_extensions copy").ConfigureAwait(false);
        PlainPort = FindFreePort();
        await WriteAsync("nginx.conf", $$"""
            daemon off; {{(Environment.IsPrivilegedProcess ? "user root;" : "")}} worker_processes 1; pid nginx.pid; error_log error.log;
            events { worker_connections 256; }
            http {
              log_format protocol '$server_protocol'; access_log access.log protocol;
              client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
              server {
                listen 127.0.0.1:{{Port}} ssl http2;
                listen 127.0.0.1:{{PlainPort}} http2;
                ssl_certificate server.pem; ssl_certificate_key server.key;
                location / { root "{{Files.Path}}"; autoindex on; autoindex_format json; }
                location /to-plain { return 302 http://127.0.0.1:{{PlainPort}}/file; }
              }
            }
            """).ConfigureAwait(false);
        return new ProcessStartInfo("/usr/sbin/nginx", ["-p", Prefix, "-c", "nginx.conf", "-e", "error.log"]);
    }

    private async Task OpenSslAsync(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments)
        {
            WorkingDirectory = Prefix,
            RedirectStandardError = true,
        })!;
        var said = await process.StandardError.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        if (process.ExitCode != 0) throw new InvalidOperationException($"openssl {arguments}: {said}");
    }
}
