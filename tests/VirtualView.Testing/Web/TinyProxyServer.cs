using System.Diagnostics;

namespace VirtualView.Testing.Web;

/// <summary>A small proxy that wants the user <c>visitor</c> with the password <see cref="Password"/>.</summary>
public sealed class TinyProxyServer : WebServer
{
    public const string Password = "s3cr3t";

    public string LogPath => Path.Combine(Prefix, "log");

    protected override async ValueTask<ProcessStartInfo> PrepareAsync()
    {
        var file = await WriteAsync("tinyproxy.conf", $"""
            Listen 127.0.0.1
            Port {Port}
            Allow 127.0.0.1
            BasicAuth visitor {Password}
            LogFile "{LogPath}"
            LogLevel Connect
            Timeout 60
            MaxClients 50
            """).ConfigureAwait(false);
        return new ProcessStartInfo("/usr/bin/tinyproxy", ["-d", "-c", file]);
    }
}
