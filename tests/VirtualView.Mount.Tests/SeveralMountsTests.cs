using System.Text.Json;
using VirtualView.Mount.Tests.Daemon;

namespace VirtualView.Mount.Tests;

[Trait("Needs", "fuse")]
public sealed class SeveralMountsTests
{
    [Fact]
    public async Task Status_shows_all_and_sync_asks_for_one()
    {
        await using var remote = await Remote.StartAsync();
        await using var first = await MountedView.MountAsync(remote.Url);
        var second = Directory.CreateDirectory($"{first.MountPoint}-2").FullName;
        (await first.VirtualViewAsync("mount", "--background", $"file://{remote.Server.Files.Path}", second)).Succeeded();
        try
        {
            var text = (await first.VirtualViewAsync("status")).Succeeded();
            Assert.Contains($" at {first.MountPoint}, ", text, StringComparison.Ordinal);
            Assert.Contains($" at {second}, ", text, StringComparison.Ordinal);

            // Others may be mounted on this machine.
            var all = JsonDocument.Parse((await first.VirtualViewAsync("status", "--json")).Succeeded()).RootElement;
            var mounted = all.EnumerateArray().Select(view => view.GetProperty("daemon").GetProperty("mountPoint").GetString()).ToList();
            Assert.Contains(first.MountPoint, mounted);
            Assert.Contains(second, mounted);
            Assert.Equal(JsonValueKind.Object, (await first.StatusAsync()).ValueKind);
            Assert.Equal(2, (await first.VirtualViewAsync("sync")).ExitCode);
        }
        finally
        {
            await first.VirtualViewAsync("unmount", "--force", second);
        }
    }

    [Fact]
    public async Task Another_view_on_the_same_state_folder_is_told_whose_it_is()
    {
        await using var remote = await Remote.StartAsync();
        await using var first = await MountedView.MountConfiguredAsync(Configuration("first", remote, "\"MNT\"", "\"STATE\""));
        var second = Directory.CreateDirectory($"{first.MountPoint}-2").FullName;
        var state = (await first.StatusAsync()).GetProperty("daemon").GetProperty("stateFolder").GetString()!;
        var file = $"{second}.json";
        await File.WriteAllTextAsync(file, Configuration("second", remote, JsonSerializer.Serialize(second), JsonSerializer.Serialize(state)), TestContext.Current.CancellationToken);
        var refused = await first.VirtualViewAsync("mount", "--background", "--config", file);
        Assert.Equal((1, $"virtualview: the state folder {state} is that of the view first, mounted at {first.MountPoint} by process {first.ProcessId}: choose another View.StateDirectory for second\n"), (refused.ExitCode, refused.Error));
    }

    private static string Configuration(string name, Remote remote, string mountPoint, string state) => $$"""
        { "VirtualView": {
            "View": { "Name": "{{name}}", "MountPoint": {{mountPoint}}, "StateDirectory": {{state}} },
            "Sources": { "web": { "Kind": "Http", "Url": "{{remote.Url}}" } },
            "Mappings": [ { "At": "/", "Sources": [ "web" ] } ] } }
        """;

    [Fact]
    public async Task A_view_mounted_in_another_is_the_one_that_is_meant()
    {
        await using var remote = await Remote.StartAsync();
        remote.Put("/other/f1.bin", 10, seed: 1);
        Directory.CreateDirectory(Path.Combine(remote.Server.Files.Path, "inner"));
        await using var outer = await MountedView.MountAsync(remote.Url);
        var inner = outer.At("inner");
        (await outer.VirtualViewAsync("mount", "--background", new Uri(remote.Url, "other/").ToString(), inner)).Succeeded();
        try
        {
            var status = JsonDocument.Parse((await outer.VirtualViewAsync("status", inner, "--json")).Succeeded()).RootElement;
            Assert.Equal(inner, status.GetProperty("daemon").GetProperty("mountPoint").GetString());
            var file = JsonDocument.Parse((await outer.VirtualViewAsync("explain", Path.Combine(inner, "f1.bin"), "--json")).Succeeded()).RootElement;
            Assert.Equal("/f1.bin", file.GetProperty("path").GetString());
        }
        finally
        {
            (await outer.VirtualViewAsync("unmount", "--force", inner)).Succeeded();
        }

        Assert.True(outer.IsMounted, "the outer view was unmounted in place of the inner one");
    }
}
