using VirtualView.Testing.Processes;

namespace VirtualView.Fuse.Tests.Mounts.Writing;

[Trait("Needs", "fuse")]
public sealed class WriteFailureTests
{
    [Fact]
    public async Task A_full_file_system_says_so_and_takes_what_still_fits()
    {
        await using var host = await Host.StartAsync("writable");
        await host.SendAsync("capacity 65536");
        Assert.Contains("No space left", (await Command.RunAsync("dd", "if=/dev/zero", $"of={host.At("a")}", "bs=4096", "count=20")).Error, StringComparison.Ordinal);
        Assert.Equal(65536, new FileInfo(host.At("a")).Length);
        await host.SendAsync("capacity 1000000");
        Assert.Equal(0, (await Command.RunAsync("dd", "if=/dev/zero", $"of={host.At("a")}", "bs=4096", "count=20")).ExitCode);
    }

    [Theory]
    [InlineData("NoSpace", "No space left")]
    [InlineData("Unreachable", "Input/output error")]
    public async Task A_sync_that_failed_is_told_to_who_asked_for_it(string error, string message)
    {
        await using var host = await Host.StartAsync("writable");
        await host.SendAsync($"sync-error {error}");
        Assert.Contains(message, (await Command.RunAsync("dd", "if=/dev/zero", $"of={host.At("a")}", "count=1", "conv=fsync")).Error, StringComparison.Ordinal);
        Assert.Contains(message, (await Command.RunAsync("sync", host.MountPoint)).Error, StringComparison.Ordinal);
        await host.SendAsync("sync-error None");
        Assert.Equal(0, (await Command.RunAsync("sync", host.At("a"))).ExitCode);
    }

    [Fact]
    public async Task A_mount_that_is_read_only_is_so_for_the_kernel_too()
    {
        await using var host = await Host.StartAsync("writable", "read-only");
        foreach (var command in (string[])["touch new", "mkdir new", "chmod 700 .", "mkfifo new"])
            Assert.Contains("Read-only", (await Command.RunAsync("sh", "-c", $"cd '{host.MountPoint}' && {command}")).Error, StringComparison.Ordinal);
        Assert.Equal(0, await host.CountAsync("errors")); // nothing came to us
    }

    [Fact]
    public async Task Writers_end_when_the_daemon_is_killed()
    {
        var folder = Host.CreateFolder();
        await using var host = await Host.StartAtAsync(folder, ownsFolder: true, [], "writable");
        using var writer = Command.Start("sh", "-c", $"cd '{folder}' && while printf x >> log && mv log log2 && mv log2 log; do :; done");
        while (await host.CountAsync("Rename2") + await host.CountAsync("Rename") < 20) await Task.Yield();
        await host.KillAsync();
        Assert.NotEqual("", (await Command.EndAsync(writer)).Error);
        await using var next = await Host.StartAtAsync(folder, ownsFolder: false, [], "writable");
        Assert.Equal(0, (await Command.RunAsync("touch", next.At("new"))).ExitCode);
    }

    [Fact]
    public async Task A_writer_that_is_killed_leaves_no_handle()
    {
        await using var host = await Host.StartAsync("writable");
        await host.SendAsync("slow on");
        using var writer = Command.Start("dd", "if=/dev/zero", $"of={host.At("a")}", "bs=1M");
        while (await host.CountAsync("delayed") < 5) await Task.Yield();
        writer.Kill();
        await Command.EndAsync(writer);
        using var deadline = new CancellationTokenSource(Command.Patience, TimeProvider.System);
        while (await host.CountAsync("handles") > 0) deadline.Token.ThrowIfCancellationRequested();
    }
}
