using System.Text.Json;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;

namespace VirtualView.Mount.Tests;

[Trait("Needs", "fuse")]
public sealed class StatusFileTests
{
    [Fact]
    public async Task It_is_the_status_of_now_each_time_and_whole()
    {
        await using var remote = await Remote.StartAsync();
        remote.Put("/f1.bin", 300_000, seed: 1);
        await using var view = await MountedView.MountAsync(remote.Url);
        var before = JsonDocument.Parse((await view.ShellAsync($"cat '{view.At(".virtualview/status.json")}'")).Succeeded()).RootElement;
        Assert.Equal(view.MountPoint, before.GetProperty("daemon").GetProperty("mountPoint").GetString());
        Assert.Equal(0, before.GetProperty("bytesFetched").GetInt64());
        (await view.ShellAsync($"cat '{view.At("f1.bin")}' > /dev/null")).Succeeded();
        await view.UntilAsync("it says what was fetched", async () =>
        {
            var text = (await view.ShellAsync($"cat '{view.At(".virtualview/status.json")}'")).Succeeded();
            return JsonDocument.Parse(text).RootElement.GetProperty("bytesFetched").GetInt64() == 300_000;
        });
        Assert.Equal("same", (await view.ShellAsync($"cd '{view.At(".virtualview")}' && test $(stat -c %s status.json) -eq $(wc -c < status.json) && echo same")).Succeeded().Trim());
    }

    [Fact]
    public async Task It_can_be_named_and_is_not_listed_and_holds_nothing_else()
    {
        await using var remote = await Remote.StartAsync();
        remote.Put("/.virtualview/status.json", 10, seed: 1); // a real one is hidden
        await using var view = await MountedView.MountAsync(remote.Url);
        var status = view.At(".virtualview/status.json");
        Assert.Equal("{", (await view.ShellAsync($"head -c 1 '{status}'")).Succeeded());
        Assert.Equal("", (await view.ShellAsync($"ls -A '{view.At(".virtualview")}'")).Succeeded());
        Assert.Contains("No such file", (await view.ShellAsync($"cat '{view.At(".virtualview/other")}'")).Error, StringComparison.Ordinal);
        Assert.NotEqual(0, (await view.ShellAsync($"echo x > '{status}'")).ExitCode);
        Assert.NotEqual(0, (await view.ShellAsync($"rm -f '{status}' || rmdir '{view.At(".virtualview")}'")).ExitCode);
    }

    [Fact]
    public async Task A_real_entry_of_its_name_is_neither_listed_nor_found_whichever_comes_first()
    {
        using var folder = new HostFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, ".virtualview"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, ".virtualview", "mine"), "x", TestContext.Current.CancellationToken);
        await using var view = await MountedView.MountAsync($"file://{folder.Path}");
        // With attributes, which would make the kernel remember it.
        Assert.DoesNotContain("virtualview\n", (await view.ShellAsync($"ls -lA '{view.MountPoint}'; ls -A '{view.MountPoint}'")).Succeeded(), StringComparison.Ordinal);
        Assert.Equal("{", (await view.ShellAsync($"head -c 1 '{view.At(".virtualview/status.json")}'")).Succeeded());
        Assert.Contains("No such file", (await view.ShellAsync($"cat '{view.At(".virtualview/mine")}'")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_not_in_the_listing_of_the_root()
    {
        await using var remote = await Remote.StartAsync();
        remote.Put("/f1.bin", 10, seed: 1);
        await using var view = await MountedView.MountAsync(remote.Url);
        (await view.ShellAsync($"cat '{view.At(".virtualview/status.json")}' > /dev/null")).Succeeded();
        Assert.Equal("f1.bin", (await view.ShellAsync($"ls -A '{view.MountPoint}'")).Succeeded().Trim());
        Assert.Equal("0", (await view.ShellAsync($"find '{view.MountPoint}' -name .virtualview | wc -l")).Succeeded().Trim());
    }
}
