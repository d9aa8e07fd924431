using System.Diagnostics;

namespace VirtualView.Testing.Web;

/// <summary>Caddy's file server with its listing, which is JSON for those who ask for it.</summary>
public sealed class CaddyServer : WebServer
{
    protected override ValueTask<ProcessStartInfo> PrepareAsync()
    {
        var start = new ProcessStartInfo("caddy", ["file-server", "--browse", "--root", Files.Path, "--listen", $"127.0.0.1:{Port}"]);
        start.Environment["HOME"] = start.Environment["XDG_CONFIG_HOME"] = start.Environment["XDG_DATA_HOME"] = Prefix;
        return new(start);
    }
}
