using VirtualView.Fuse.TestHost;
using VirtualView.Testing;
using VirtualView.Testing.Processes;

namespace VirtualView.Fuse.Tests.Mounts;

[Trait("Needs", "fuse")]
public sealed class ChangeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_superseded_file_opens_as_its_new_version_without_any_notification()
    {
        await using var host = await Host.StartAsync();
        Assert.Equal(Version(0), await ReadVersionedAsync(host));
        await host.SendAsync("change");
        Assert.Equal(Version(1), await ReadVersionedAsync(host));
        Assert.Equal(1, await host.CountAsync("stale")); // the kernel was told ESTALE and looked the name up again
    }

    [Fact]
    public async Task A_handle_stays_with_its_version()
    {
        await using var host = await Host.StartAsync();
        using var old = File.OpenHandle(host.At("versioned"));
        await host.SendAsync("change");
        Assert.Equal(Version(1), await ReadVersionedAsync(host));
        var bytes = new byte[SampleTree.VersionBytes];
        Assert.Equal(bytes.Length, RandomAccess.Read(old, bytes, 0));
        Assert.Equal(Version(0), bytes);
    }

    [Fact]
    public async Task A_notification_makes_stat_see_the_new_version()
    {
        await using var host = await Host.StartAsync();
        Assert.Equal(SampleTree.VersionBytes, new FileInfo(host.At("versioned")).Length);
        await host.SendAsync("change");
        Assert.Equal(SampleTree.VersionBytes, new FileInfo(host.At("versioned")).Length); // remembered: nobody told the kernel
        await host.SendAsync("notify versioned");
        await Eventually.TrueAsync(() => new FileInfo(host.At("versioned")).Length == SampleTree.VersionBytes + 1);
    }

    [Fact]
    public async Task Names_that_come_and_go_are_noticed()
    {
        await using var host = await Host.StartAsync();
        Assert.False(File.Exists(host.At("young"))); // remembered as absent
        await host.SendAsync("create young");
        await host.SendAsync("notify young");
        await Eventually.TrueAsync(() => File.Exists(host.At("young")));
        await host.SendAsync("delete young");
        await host.SendAsync("notify young");
        await Eventually.TrueAsync(() => !File.Exists(host.At("young")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("names-by-time")]
    public async Task Changed_names_are_seen_beside_a_directory_that_is_stuck(string way)
    {
        await using var host = await Host.StartAsync(way);
        Assert.Equal(SampleTree.VersionBytes, new FileInfo(host.At("versioned")).Length);
        using var stuck = Command.Start("stat", host.At("names/stuck-name")); // the kernel locks the directory meanwhile
        while (await host.CountAsync("Lookup") < 3) await Task.Yield();
        await host.SendAsync("change");
        await host.SendAsync("notify-in names");
        await host.SendAsync("notify versioned");
        await Eventually.TrueAsync(() => new FileInfo(host.At("versioned")).Length == SampleTree.VersionBytes + 1);
        stuck.Kill();
    }

    [Theory]
    [InlineData("")]
    [InlineData("names-by-time")]
    public async Task A_daemon_that_is_killed_while_a_directory_is_stuck_and_changes_leaves_nobody_waiting(string way)
    {
        await using var host = await Host.StartAsync(way);
        await host.SendAsync("mkdir dir0");
        var before = await host.CountAsync("Lookup");
        var stuck = Command.Start("stat", host.At("dir0/stuck-name")); // the kernel locks the directory meanwhile
        while (await host.CountAsync("Lookup") < before + 2) await Task.Yield();
        await host.SendAsync("notify-in dir0");
        await host.SendAsync("touch dir0");
        while (await host.CountAsync("sent") == 0) await Task.Yield();

        await host.KillAsync();

        Assert.NotEqual(0, (await Command.EndAsync(stuck)).ExitCode);
    }

    private static byte[] Version(int number) =>
        Content.Bytes(SampleTree.FirstVersionSeed + number, 0, SampleTree.VersionBytes + number);

    private static Task<byte[]> ReadVersionedAsync(Host host) =>
        File.ReadAllBytesAsync(host.At("versioned"), TestContext.Current.CancellationToken);
}
