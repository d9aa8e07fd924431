using VirtualView.Testing.Web;
using VirtualView.Torture.Tests.Content;
using VirtualView.Torture.Tests.Daemon;

namespace VirtualView.Torture.Tests.Kills;

/// <summary>A view of the same changing files from two kinds of sources, with a cache too small for them.</summary>
internal sealed class TortureWorld : IAsyncDisposable
{
    private TortureWorld(NginxServer server)
    {
        Server = server;
        Sources = new SourceWorld(server.Files);
        Folders = new DaemonFolders(
            new Dictionary<string, object>
            {
                ["web"] = new { Kind = "Http", Url = $"{server.JsonUrl}all/" },
                ["disk"] = new { Kind = "Local", Path = Path.Combine(server.Files.Path, "all") },
            },
            capacity: "64 MiB",
            timeout: "5s");
    }

    public NginxServer Server { get; }

    public SourceWorld Sources { get; }

    public DaemonFolders Folders { get; }

    public string[] Views => [Path.Combine(Folders.MountPoint, "web"), Path.Combine(Folders.MountPoint, "disk")];

    public static async Task<TortureWorld> BeginAsync()
    {
        var server = new NginxServer();
        await server.InitializeAsync();
        return new TortureWorld(server);
    }

    public async ValueTask DisposeAsync()
    {
        if (Folders.IsMounted) await Testing.Processes.Command.RunAsync("umount", "--lazy", Folders.MountPoint);
        Folders.Dispose();
        await Server.DisposeAsync();
    }
}
