using System.Text.Json;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;

namespace VirtualView.Mount.Tests.Writing;

/// <summary>A view that can be written, over a folder of this machine.</summary>
internal static class WrittenView
{
    /// <param name="disk">Where its state and cache are kept.</param>
    /// <param name="source">What it shows.</param>
    public static Task<MountedView> MountAsync(string disk, HostFolder source) => MountedView.MountConfiguredAsync($$"""
        { "VirtualView": {
            "View": { "Name": "written", "MountPoint": "MNT", "StateDirectory": {{JsonSerializer.Serialize(Path.Combine(disk, "state"))}}, "ReadOnly": false },
            "Sources": { "folder": { "Kind": "Local", "Path": {{JsonSerializer.Serialize(source.Path)}} } },
            "Mappings": [ { "At": "/", "Sources": [ "folder" ] } ],
            "Cache": { "Capacity": "1 GiB", "MinFree": "0" } } }
        """);
}
