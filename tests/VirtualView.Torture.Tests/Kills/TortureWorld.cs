using VirtualView.Testing.Web;
using VirtualView.Torture.Tests.Content;
using VirtualView.Torture.Tests.Daemon;

namespace VirtualView.Torture.Tests.Kills;

/// <summary>A view of the same changing files from two kinds of sources.</summary>
internal sealed class TortureWorld : IAsyncDisposable
{
    private TortureWorld(NginxServer server, string capacity, string? disk)
    {
        Server = server;
        Sources = new SourceWorld(server.Files);
        Folders = new DaemonFolders(
            disk,
            new Dictionary<string, object>
            {
                ["web"] = new { Kind = "Http", Url = $"{server.JsonUrl}all/" },
                ["disk"] = new { Kind = "Local", Path = Path.Combine(server.Files.Path, "all") },
            },
            capacity,
            timeout: "5s");
    }

    public NginxServer Server { get; }

    public SourceWorld Sources { get; }

    public DaemonFolders Folders { get; }

    public string[] Views => [Path.Combine(Folders.MountPoint, "web"), Path.Combine(Folders.MountPoint, "disk")];

    /// <param name="capacity">Of the cache; by default it is too small for all files.</param>
    /// <param name="disk">Where state and cache lie, if not in a folder of its own.</param>
    public static async Task<TortureWorld> BeginAsync(string capacity = "64 MiB", string? disk = null)
    {
        var server = new NginxServer();
        await server.InitializeAsync();
        return new TortureWorld(server, capacity, disk);
    }

    public async ValueTask DisposeAsync()
    {
        if (Folders.IsMounted) await Testing.Processes.Command.RunAsync("umount", "--lazy", Folders.MountPoint);
        Folders.Dispose();
        await Server.DisposeAsync();
    }
}
