using System.Diagnostics;
using VirtualView.Fuse.Native;
using VirtualView.Testing.Processes;

namespace VirtualView.Fuse.Tests.Mounts;

[Trait("Needs", "fuse")]
public sealed class LifetimeTests
{
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_killed_daemon_leaves_a_dead_mount_that_the_next_one_clears_away()
    {
        var folder = Host.CreateFolder();
        await using var first = await Host.StartAtAsync(folder, ownsFolder: true, []);
        await first.KillAsync();
        Assert.Contains("not connected", (await Command.RunAsync("ls", folder)).Error, StringComparison.Ordinal);
        await using var second = await Host.StartAtAsync(folder, ownsFolder: false, []);
        Assert.Equal($"mounted {folder}", second.Greeting);
        Assert.Equal(0, (await Command.RunAsync("cat", second.At("small"))).ExitCode);
    }

    [Fact]
    public async Task A_live_mount_is_not_mounted_over()
    {
        await using var first = await Host.StartAsync();
        await using var second = await Host.StartAtAsync(first.MountPoint, ownsFolder: false, []);
        Assert.StartsWith($"refused {first.MountPoint}: a view is mounted here already; ", second.Greeting, StringComparison.Ordinal);
        await second.WaitForExitAsync();
        Assert.Equal(0, (await Command.RunAsync("cat", first.At("small"))).ExitCode);
    }

    [Theory]
    [InlineData("System")]
    [InlineData("Fusermount")]
    public async Task A_used_mount_is_busy_and_goes_by_force(string method)
    {
        await using var host = await Host.StartAsync(method);
        using (var used = File.OpenHandle(host.At("small")))
        {
            Assert.Equal("Busy", await host.SendAsync("unmount"));
            Assert.Equal("Unmounted", await host.SendAsync("unmount force"));
            Assert.Throws<IOException>(() => RandomAccess.Read(used, new byte[10], 500_000));
        }

        Assert.Equal(0, await host.WaitForExitAsync());
    }

    [Theory]
    [InlineData("System")]
    [InlineData("Fusermount")]
    public async Task A_forced_unmount_ends_a_read_that_waits(string method)
    {
        await using var host = await Host.StartAsync(method);
        using var reader = Command.Start("dd", $"if={host.At("stuck")}", "of=/dev/null", "bs=4096", "count=1", "iflag=direct");
        await UntilMissedAsync(host);
        Assert.Equal("Unmounted", await host.SendAsync("unmount force"));
        Assert.NotEqual(0, (await Command.EndAsync(reader)).ExitCode);
        Assert.Equal(0, await host.WaitForExitAsync());
    }

    [Fact]
    public async Task A_reader_that_a_signal_ends_ends_promptly()
    {
        await using var host = await Host.StartAsync();
        using var reader = Command.Start("cat", host.At("stuck"));
        await UntilMissedAsync(host);
        var watch = Stopwatch.StartNew();
        await Command.RunAsync("kill", "-INT", $"{reader.Id}");
        Assert.NotEqual(0, (await Command.EndAsync(reader)).ExitCode);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Prompt);
    }

    [Theory]
    [InlineData("-TERM")]
    [InlineData("-KILL")]
    public async Task A_direct_reader_that_a_signal_ends_ends_promptly(string signal)
    {
        await using var host = await Host.StartAsync();
        using var reader = Command.Start("dd", $"if={host.At("stuck")}", "of=/dev/null", "bs=4096", "count=1", "iflag=direct");
        await UntilMissedAsync(host);
        await Command.RunAsync("kill", signal, $"{reader.Id}");
        Assert.NotEqual(0, (await Command.EndAsync(reader)).ExitCode);
        Assert.Equal(1, await host.CountAsync("interrupted"));
        Assert.Equal(0, await host.CountAsync("Interrupt")); // the kernel did not say it
    }

    [Fact]
    public async Task A_reader_that_handles_signals_gets_its_bytes_through_a_mapping_all_the_same()
    {
        await using var host = await Host.StartAsync();
        const string script = """
            import mmap, os, signal, sys
            signal.signal(signal.SIGALRM, lambda *a: None)
            signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
            m = mmap.mmap(os.open(sys.argv[1], os.O_RDONLY), 0, prot=mmap.PROT_READ)
            m.madvise(mmap.MADV_RANDOM)  # each fault is a request of its own, which signals interrupt
            print(m[5], m[500005], m[1000005])
            """;
        var read = await Command.RunAsync("python3", "-c", script, host.At("cold"));
        var expected = new[] { 5, 500_005, 1_000_005 }.Select(at => TestHost.Content.Bytes(TestHost.SampleTree.ColdSeed, at, 1)[0]);
        Assert.Equal(string.Join(' ', expected), read.Text);
        Assert.True(await host.CountAsync("Interrupt") > 0); // or this test shows nothing
        Assert.Equal(0, await host.CountAsync("interrupted"));
    }

    [Fact]
    public async Task A_listing_that_waits_can_be_interrupted()
    {
        await using var host = await Host.StartAsync();
        using var looker = Command.Start("stat", host.At("stuck-name"));
        while (await host.CountAsync("Lookup") == 0) await Task.Yield();
        await Command.RunAsync("kill", "-INT", $"{looker.Id}");
        var watch = Stopwatch.StartNew();
        await Command.EndAsync(looker);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Prompt);
        Assert.Equal(1, await host.CountAsync("interrupted"));
    }

    [Fact]
    public async Task An_unmount_from_outside_ends_the_daemon()
    {
        await using var host = await Host.StartAsync();
        Assert.Equal(0, (await Command.RunAsync("umount", host.MountPoint)).ExitCode);
        Assert.Equal(0, await host.WaitForExitAsync());
    }

    [Fact]
    public async Task Closed_files_leave_no_handle_and_forgotten_names_no_lookup()
    {
        await using var host = await Host.StartAsync();
        Assert.Equal(0, (await Command.RunAsync("sh", "-c", $"cat '{host.At("small")}' | wc -c; ls -l '{host.At("many")}' | tail -1")).ExitCode);
        using var deadline = new CancellationTokenSource(Command.Patience, TimeProvider.System);
        while (await host.CountAsync("handles") > 0) deadline.Token.ThrowIfCancellationRequested();
        Assert.True(await host.CountAsync("granted") > 90_000); // others drop caches too: some may be forgotten by now
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root may drop caches");
        while (await host.CountAsync("lookups") > 20) await File.WriteAllTextAsync("/proc/sys/vm/drop_caches", "2", deadline.Token);
    }

    private static async Task UntilMissedAsync(Host host)
    {
        while (await host.CountAsync("misses") == 0) await Task.Yield();
    }
}
