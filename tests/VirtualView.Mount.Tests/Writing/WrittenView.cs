using System.Text.Json;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;

namespace VirtualView.Mount.Tests.Writing;

/// <summary>A view that can be written, over a folder of this machine, with its state on a disk of its own.</summary>
internal sealed class WrittenView : IAsyncDisposable
{
    private readonly HostFolder _source;

    private WrittenView(HostFolder source, MountedView view) => (_source, View) = (source, view);

    public MountedView View { get; }

    public static async Task<WrittenView> MountAsync(string disk, Action<HostFolder>? fill = null)
    {
        var source = new HostFolder();
        fill?.Invoke(source);
        var state = JsonSerializer.Serialize(Path.Combine(disk, "state"));
        return new WrittenView(source, await MountedView.MountConfiguredAsync($$"""
            { "VirtualView": {
                "View": { "Name": "written", "MountPoint": "MNT", "StateDirectory": {{state}}, "ReadOnly": false },
                "Sources": { "folder": { "Kind": "Local", "Path": {{JsonSerializer.Serialize(source.Path)}} } },
                "Mappings": [ { "At": "/", "Sources": [ "folder" ] } ],
                "Cache": { "Capacity": "1 GiB", "MinFree": "0" } } }
            """));
    }

    public async ValueTask DisposeAsync()
    {
        await View.DisposeAsync();
        _source.Dispose();
    }
}
