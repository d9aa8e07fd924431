using System.Text.Json;
using VirtualView.Mount.Tests.Daemon;

namespace VirtualView.Mount.Tests;

/// <summary>The cache as commands see it, with a real daemon and a real server.</summary>
[Trait("Needs", "fuse")]
public sealed class CacheCommandTests : IAsyncLifetime
{
    private Remote? _remote;
    private MountedView? _view;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Remote Remote => _remote!;

    private MountedView View => _view!;

    public async ValueTask InitializeAsync()
    {
        _remote = await Remote.StartAsync();
        Remote.Put("/100K/f1.h5", 1_000_000, seed: 1);
        Remote.Put("/100K/f2.h5", 500_000, seed: 2);
        Remote.Put("/200K/x.nxs", 100, seed: 3);
        _view = await MountedView.MountAsync(Remote.Url);
    }

    public async ValueTask DisposeAsync()
    {
        if (_view is not null) await _view.DisposeAsync();
        if (_remote is not null) await _remote.DisposeAsync();
    }

    [Fact]
    public async Task Prefetch_brings_a_folder_before_it_is_read_and_then_the_server_may_go()
    {
        var json = JsonDocument.Parse((await View.VirtualViewAsync("prefetch", View.At("100K"), "--json")).Succeeded()).RootElement;
        Assert.Equal((2, 1_500_000), (json.GetProperty("files").GetInt64(), json.GetProperty("bytesFetched").GetInt64()));
        await Remote.Server.DisposeAsync();
        SameBytes.Check(Remote.Noise(1_000_000, 1), await File.ReadAllBytesAsync(View.At("100K/f1.h5"), Cancel));
        Assert.Equal("1000000", (await View.ShellAsync($"getfattr --only-values -n user.virtualview.cached '{View.At("100K/f1.h5")}' 2>/dev/null || stat -c %s '{View.At("100K/f1.h5")}'")).Succeeded().Trim());
    }

    [Fact]
    public async Task Paths_are_in_the_mount_or_in_the_view_and_globs_are_matched_by_the_daemon()
    {
        Assert.StartsWith("2 files of ", (await View.VirtualViewAsync("prefetch", "--mount", View.MountPoint, "/**/f?.h5")).Succeeded(), StringComparison.Ordinal);
        Assert.StartsWith("1 file of ", (await View.VirtualViewAsync("prefetch", View.At("200K/*"))).Succeeded(), StringComparison.Ordinal);
        Assert.EndsWith(" freed of 3 files\n", (await View.ShellAsync($"cd '{View.At("100K")}' && '{Executable.Path}' evict . ../200K")).Succeeded(), StringComparison.Ordinal);
        Assert.Equal(0, (await View.StatusAsync()).GetProperty("cache").GetProperty("usedBytes").GetInt64());
    }

    [Fact]
    public async Task What_is_not_there_is_one_line_each_and_code_1_and_the_rest_is_done()
    {
        var result = await View.VirtualViewAsync("prefetch", View.At("none"), View.At("*.none"), View.At("200K"));
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("1 file of 100 B: 100 B fetched", result.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["virtualview: /none: there is no such file or folder in the view", "virtualview: /*.none: nothing in the view matches it"],
            Complaints(result.Error));
        Assert.Equal(3, (await View.VirtualViewAsync("prefetch", "/nowhere/at/all", "--mount", "/nowhere")).ExitCode);
        Assert.Equal(2, (await View.VirtualViewAsync("prefetch")).ExitCode);
    }

    [Fact]
    public async Task What_cannot_fit_is_refused_before_it_begins()
    {
        await View.StopAsync();
        View.Configure("""  "Cache": { "Capacity": "64 MiB" } """);
        Remote.Put("/big", 70 << 20, seed: 4);
        await View.StartAsync();
        var refused = await View.VirtualViewAsync("prefetch", View.At("big"));
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("do not fit into the 64 MiB", Assert.Single(Complaints(refused.Error)), StringComparison.Ordinal);
        Assert.Equal(0, (await View.StatusAsync()).GetProperty("bytesFetched").GetInt64());
    }

    [Fact]
    public async Task A_pin_outlives_the_daemon_holds_against_eviction_and_is_taken_back()
    {
        Assert.Contains("fetched", (await View.VirtualViewAsync("pin", "--prefetch", View.At("100K/f1.h5"))).Succeeded(), StringComparison.Ordinal);
        await View.StopAsync();
        await View.StartAsync();
        Assert.Equal(1_000_000, (await View.StatusAsync()).GetProperty("cache").GetProperty("pinnedBytes").GetInt64());
        Assert.Contains("/100K/f1.h5", (await View.VirtualViewAsync("pin", "--mount", View.MountPoint)).Succeeded(), StringComparison.Ordinal);

        var refused = await View.VirtualViewAsync("evict", View.MountPoint);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("/100K/f1.h5: it is pinned: unpin it first", refused.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await View.VirtualViewAsync("unpin", View.At("200K"))).ExitCode);
        (await View.VirtualViewAsync("unpin", View.At("100K"))).Succeeded();
        (await View.VirtualViewAsync("evict", View.MountPoint)).Succeeded();
        Assert.Equal(0, (await View.StatusAsync()).GetProperty("cache").GetProperty("usedBytes").GetInt64());
    }

    [Fact]
    public async Task Verify_finds_damage_and_repairs_it()
    {
        (await View.VirtualViewAsync("prefetch", View.MountPoint)).Succeeded();
        Assert.StartsWith("BLOCKS", (await View.VirtualViewAsync("verify", View.MountPoint)).Succeeded(), StringComparison.Ordinal);
        var payload = Directory.EnumerateFiles(View.CacheFolder, "*", SearchOption.AllDirectories).MaxBy(file => new FileInfo(file).Length is >= 1_000_000 and < 4_000_000 ? new FileInfo(file).Length : 0)!;
        await using (var file = new FileStream(payload, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = 300_000;
            file.Write("damage"u8);
        }

        var found = await View.VirtualViewAsync("verify", View.MountPoint, "--json");
        Assert.Equal(1, found.ExitCode);
        var damage = JsonDocument.Parse(found.Output).RootElement;
        Assert.Equal(1, damage.GetProperty("damaged").GetInt64());
        Assert.Equal("/100K/f1.h5", damage.GetProperty("damage")[0].GetProperty("path").GetString());
        var repaired = JsonDocument.Parse((await View.VirtualViewAsync("verify", View.MountPoint, "--repair", "--json")).Succeeded()).RootElement;
        Assert.Equal(1, repaired.GetProperty("refetched").GetInt64());
        Assert.Equal(0, JsonDocument.Parse((await View.VirtualViewAsync("verify", View.MountPoint, "--json")).Succeeded()).RootElement.GetProperty("damaged").GetInt64());
        SameBytes.Check(Remote.Noise(1_000_000, 1), await File.ReadAllBytesAsync(View.At("100K/f1.h5"), Cancel));
    }

    [Fact]
    public async Task A_policy_pins_and_a_changed_configuration_is_taken_while_it_runs_unless_it_has_mistakes()
    {
        await View.StopAsync();
        View.Configure("""  "Cache": { "Capacity": "1 GiB", "Policies": [ { "Match": "**/f1.h5", "Pin": true } ] } """);
        await View.StartAsync();
        (await View.VirtualViewAsync("prefetch", View.MountPoint)).Succeeded();
        Assert.Equal(1_000_000, await PinnedAsync());

        View.Configure("""  "Cache": { "Capacity": "many", "Policies": [ ] } """);
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Cancel);
        Assert.Equal(1_000_000, await PinnedAsync());
        View.Configure("""  "Cache": { "Capacity": "2 GiB", "Policies": [ { "Match": "**/f2.h5", "Pin": true } ] } """);
        await View.UntilAsync("the new policy holds", async () => await PinnedAsync() == 500_000);
        Assert.Equal(2L << 30, (await View.StatusAsync()).GetProperty("cache").GetProperty("capacityBytes").GetInt64());
        Assert.Contains("/**/f2.h5", (await View.VirtualViewAsync("pin", "--mount", View.MountPoint)).Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_tell_how_they_are_and_a_probe_asks_them()
    {
        (await View.VirtualViewAsync("prefetch", View.At("200K"))).Succeeded();
        Assert.Contains("reachable", (await View.VirtualViewAsync("sources", View.MountPoint)).Succeeded(), StringComparison.Ordinal);
        var probed = JsonDocument.Parse((await View.VirtualViewAsync("sources", View.MountPoint, "--probe", "--json")).Succeeded()).RootElement;
        var probe = probed.GetProperty("probes")[0];
        Assert.Equal((true, "/200K/x.nxs", 100), (probe.GetProperty("isReachable").GetBoolean(), probe.GetProperty("file").GetString(), probe.GetProperty("readBytes").GetInt64()));

        await Remote.Server.DisposeAsync();
        var down = await View.VirtualViewAsync("sources", View.MountPoint, "--probe");
        Assert.Equal(1, down.ExitCode);
        Assert.StartsWith("virtualview: source: ", Assert.Single(down.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    /// <summary>Without the lines of progress, which come when a machine is slow.</summary>
    private static string[] Complaints(string error) => [.. error.Split('\n').Where(line => line.StartsWith("virtualview: ", StringComparison.Ordinal))];

    private async Task<long> PinnedAsync() => (await View.StatusAsync()).GetProperty("cache").GetProperty("pinnedBytes").GetInt64();
}
