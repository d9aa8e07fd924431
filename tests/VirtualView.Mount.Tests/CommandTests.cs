using System.Text.Json;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests;

[Trait("Needs", "fuse")]
public sealed class CommandTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_and_explain_tell_what_was_fetched()
    {
        await using var remote = await Remote.StartAsync();
        remote.Put("/f1.bin", 1_000_000, seed: 1);
        await using var view = await MountedView.MountAsync(remote.Url);
        await File.ReadAllBytesAsync(view.At("f1.bin"), Cancel);

        Assert.Equal(1_000_000, (await view.StatusAsync()).GetProperty("bytesFetched").GetInt64());
        await view.UntilAsync("all blocks are stored", async () => (await view.StatusAsync()).GetProperty("cache").GetProperty("usedBytes").GetInt64() == 1_000_000);
        var explained = JsonDocument.Parse((await view.VirtualViewAsync("explain", view.At("f1.bin"), "--json")).Succeeded()).RootElement;
        Assert.Equal(1_000_000, explained.GetProperty("cachedBytes").GetInt64());
        Assert.Equal("Weak", explained.GetProperty("replicas")[0].GetProperty("strength").GetString());
        Assert.NotEmpty((await view.VirtualViewAsync("explain", view.At("f1.bin"))).Succeeded());
        Assert.NotEmpty((await view.VirtualViewAsync("status", view.MountPoint)).Succeeded());
    }

    [Fact]
    public async Task Unmount_ends_the_daemon_cleanly()
    {
        await using var remote = await Remote.StartAsync();
        await using var view = await MountedView.MountAsync(remote.Url);
        (await view.VirtualViewAsync("unmount", view.MountPoint)).Succeeded();
        Assert.Equal(0, await view.EndedAsync());
        Assert.False(view.IsMounted);
        Assert.Equal(3, (await view.VirtualViewAsync("unmount", view.MountPoint)).ExitCode);
        Assert.Equal(3, (await view.VirtualViewAsync("status", view.MountPoint)).ExitCode);
    }

    [Fact]
    public async Task Umount_from_outside_ends_the_daemon_too()
    {
        await using var remote = await Remote.StartAsync();
        await using var view = await MountedView.MountAsync(remote.Url);
        (await Command.RunAsync("umount", view.MountPoint)).Succeeded();
        Assert.Equal(0, await view.EndedAsync());
    }

    [Fact]
    public async Task An_address_that_is_mounted_elsewhere_says_where()
    {
        await using var remote = await Remote.StartAsync();
        await using var view = await MountedView.MountAsync(remote.Url);
        var second = Directory.CreateDirectory($"{view.MountPoint}-2").FullName;
        var refused = await view.VirtualViewAsync("mount", remote.Url.ToString(), second);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"is mounted at {view.MountPoint} by process {view.ProcessId}: ", refused.Error, StringComparison.Ordinal);
        Assert.Single(refused.Error.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task A_signal_unmounts_cleanly(string signal)
    {
        Assert.SkipWhen(signal == "HUP" && IsHangupIgnored, "under nohup the daemon goes on, too");
        await using var remote = await Remote.StartAsync();
        await using var view = await MountedView.MountAsync(remote.Url);
        await view.StopAsync(signal);
    }

    [Fact]
    public async Task The_daemon_ends_although_a_reader_waits_for_a_silent_source()
    {
        await using var remote = await Remote.StartAsync();
        remote.Put("/f1.bin", 1_000_000, seed: 2);
        await using var view = await MountedView.MountAsync(remote.Url);
        _ = Directory.GetFiles(view.MountPoint);
        remote.Link.Stalled = true;
        var reading = Command.RunAsync("cat", view.At("f1.bin"));
        await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Cancel));
        (await view.VirtualViewAsync("unmount", view.MountPoint, "--force")).Succeeded();
        await view.EndedAsync();
        Assert.NotEqual(0, (await reading).ExitCode);
    }

    [Fact]
    public async Task A_local_folder_is_mounted_without_any_configuration()
    {
        await using var remote = await Remote.StartAsync();
        var content = remote.Put("/a/f1.bin", 700_000, seed: 3);
        await using var view = await MountedView.MountAsync($"file://{remote.Server.Files.Path}");
        SameBytes.Check(content, await File.ReadAllBytesAsync(view.At("a/f1.bin"), Cancel));
    }

    [Fact]
    public async Task A_mount_in_the_background_lets_go_of_whoever_reads_what_it_says()
    {
        await using var remote = await Remote.StartAsync();
        await using var view = MountedView.NotYetMounted(remote.Url.ToString());
        // Bounded by the command's own patience: were a descriptor left open, cat would wait for the daemon's end.
        var said = (await view.ShellAsync($"'{Executable.Path}' mount --background {remote.Url} '{view.MountPoint}' 2>&1 | cat")).Succeeded();
        Assert.EndsWith($" at {view.MountPoint}\n", said, StringComparison.Ordinal);
        (await view.VirtualViewAsync("unmount", view.MountPoint)).Succeeded();
    }

    private static bool IsHangupIgnored =>
        (Convert.ToUInt64(File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim(), 16) & 1) != 0;
}
