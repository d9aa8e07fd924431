using System.Text.Json;
using VirtualView.Mount.Tests.Daemon;

namespace VirtualView.Mount.Tests;

/// <summary>What is local as commands see it, with a real daemon and a real server.</summary>
[Trait("Needs", "fuse")]
public sealed class LocalChangeCommandTests : IAsyncLifetime
{
    private Remote? _remote;
    private MountedView? _view;

    private Remote Remote => _remote!;

    private MountedView View => _view!;

    public async ValueTask InitializeAsync()
    {
        _remote = await Remote.StartAsync();
        foreach (var path in (string[])["/d/raw", "/d/gone", "/d/mode", "/e/one"]) Remote.Put(path, 1_000_000, seed: path.Length);
        _view = await MountedView.MountAsync(Remote.Url);
        (await View.ShellAsync($"cd '{View.MountPoint}' && printf xy | dd of=d/raw bs=1 seek=10 conv=notrunc status=none && rm d/gone && chmod 600 d/mode && mv e f && echo new > d/new")).Succeeded();
    }

    public async ValueTask DisposeAsync()
    {
        if (_view is not null) await _view.DisposeAsync();
        if (_remote is not null) await _remote.DisposeAsync();
    }

    [Fact]
    public async Task Diff_names_each_change_and_status_counts_them()
    {
        Assert.Equal(
            "deleted /d/gone, attributes /d/mode, added /d/new, modified /d/raw, deleted /e, moved /f from /e",
            await DiffAsync(View.MountPoint));
        Assert.Equal("modified /d/raw", await DiffAsync(View.At("d/raw")));
        Assert.Contains("2 B      /d/raw\n", (await View.VirtualViewAsync("diff", View.At("d"))).Succeeded(), StringComparison.Ordinal);
        var local = (await View.StatusAsync()).GetProperty("localChanges");
        Assert.Equal((6, 1, 0), (local.GetProperty("total").GetInt32(), local.GetProperty("modified").GetInt32(), local.GetProperty("outdated").GetInt32()));
        Assert.Contains("6 private changes", (await View.VirtualViewAsync("status", View.MountPoint)).Succeeded(), StringComparison.Ordinal);
        Assert.Equal("private", await StateAsync("d/raw"));
        Assert.Equal("", (await View.VirtualViewAsync("diff", View.At("f/one"))).Succeeded());
    }

    [Fact]
    public async Task Discard_brings_back_what_the_source_has_also_after_a_restart()
    {
        Assert.Equal("3 changes discarded\n", (await View.VirtualViewAsync("discard", View.At("d/raw"), View.At("d/gone"), View.At("d/mode"))).Succeeded());
        Assert.Equal("added /d/new, deleted /e, moved /f from /e", await DiffAsync(View.MountPoint));
        SameBytes.Check(Remote.Noise(1_000_000, 6), await File.ReadAllBytesAsync(View.At("d/raw"), TestContext.Current.CancellationToken));
        Assert.Equal("clean", await StateAsync("d/raw"));
        var nothing = await View.VirtualViewAsync("discard", View.At("d/raw"));
        Assert.Equal((1, "virtualview: /d/raw: nothing is local there\n"), (nothing.ExitCode, nothing.Error));

        Assert.Equal("3 changes discarded\n", (await View.VirtualViewAsync("discard", View.MountPoint)).Succeeded());
        await View.StopAsync();
        await View.StartAsync();
        Assert.Equal("", await DiffAsync(View.MountPoint));
        Assert.Equal("d e|gone mode raw|one", (await View.ShellAsync($"cd '{View.MountPoint}' && echo $(ls)'|'$(ls d)'|'$(ls e)")).Succeeded().Trim());
    }

    [Fact]
    public async Task A_change_of_the_base_is_listed_as_a_conflict_and_ours_stays()
    {
        Remote.Put("/d/raw", 2_000_000, seed: 9);
        await View.SyncAsync();
        var conflicts = JsonDocument.Parse((await View.VirtualViewAsync("conflicts", "list", View.MountPoint, "--json")).Succeeded()).RootElement;
        var conflict = Assert.Single(conflicts.EnumerateArray());
        Assert.Equal(("/d/raw", "baseChanged"), (conflict.GetProperty("path").GetString(), conflict.GetProperty("conflict").GetString()));
        Assert.NotEqual(conflict.GetProperty("baseVersion").GetString(), conflict.GetProperty("sourceVersion").GetString());
        Assert.Equal(1_000_000, new FileInfo(View.At("d/raw")).Length);
        Assert.Contains("the sources have something else by now", (await View.VirtualViewAsync("explain", View.At("d/raw"))).Succeeded(), StringComparison.Ordinal);
        (await View.VirtualViewAsync("discard", View.At("d/raw"))).Succeeded();
        Assert.Equal("", (await View.VirtualViewAsync("conflicts", View.MountPoint)).Succeeded());
        SameBytes.Check(Remote.Noise(2_000_000, 9), await File.ReadAllBytesAsync(View.At("d/raw"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_an_editor_saved_over_a_file_conflicts_only_when_the_sources_change_that()
    {
        (await View.ShellAsync($"cd '{View.At("f")}' && echo mine > one.tmp && mv one.tmp one")).Succeeded();
        (await View.ShellAsync($"cd '{View.MountPoint}/d' && echo mine > raw.tmp && mv raw.tmp raw")).Succeeded();
        Assert.Equal("", (await View.VirtualViewAsync("conflicts", View.MountPoint)).Succeeded());
        await View.KillAsync();
        await View.StartAsync();
        Assert.Equal("", (await View.VirtualViewAsync("conflicts", View.MountPoint)).Succeeded());
        Remote.Put("/d/raw", 2_000_000, seed: 9);
        Remote.Put("/d/gone", 2_000_000, seed: 9);
        await View.SyncAsync();
        var conflicts = JsonDocument.Parse((await View.VirtualViewAsync("conflicts", View.MountPoint, "--json")).Succeeded()).RootElement;
        Assert.Equal(
            ["/d/gone deleted baseChanged", "/d/raw modified baseChanged"],
            conflicts.EnumerateArray().Select(conflict => $"{conflict.GetProperty("path")} {conflict.GetProperty("change")} {conflict.GetProperty("conflict")}"));
        Assert.All(conflicts.EnumerateArray(), conflict => Assert.NotNull(conflict.GetProperty("baseVersion").GetString()));
        Assert.Equal("mine\n", (await View.ShellAsync($"cat '{View.At("d/raw")}'")).Succeeded());
    }

    [Fact]
    public async Task Holes_of_a_file_that_was_made_here_do_not_count_as_written()
    {
        (await View.ShellAsync($"cd '{View.At("d")}' && truncate -s 1G sparse && printf end >> sparse && sync sparse")).Succeeded();
        var change = Assert.Single(JsonDocument.Parse((await View.VirtualViewAsync("diff", View.At("d/sparse"), "--json")).Succeeded()).RootElement.EnumerateArray());
        Assert.Equal((1L << 30) + 3, change.GetProperty("sizeBytes").GetInt64());
        Assert.InRange(change.GetProperty("writtenBytes").GetInt64(), 3, 1 << 20);
    }

    [Fact]
    public async Task Explain_of_a_file_with_local_attributes_tells_that_its_source_has_another_version_by_now()
    {
        const string superseded = "not used: the source has another version by now";
        Assert.DoesNotContain(superseded, (await View.VirtualViewAsync("explain", View.At("d/mode"))).Succeeded(), StringComparison.Ordinal);
        Remote.Put("/d/mode", 2_000_000, seed: 9);
        await View.SyncAsync();
        Assert.Contains(superseded, (await View.VirtualViewAsync("explain", View.At("d/mode"))).Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_prefetch_and_evict_know_local_names()
    {
        Assert.Contains("moved here, over /e", (await View.VirtualViewAsync("explain", View.At("f"))).Succeeded(), StringComparison.Ordinal);
        Assert.Contains("added here, 4 B written", (await View.VirtualViewAsync("explain", View.At("d/new"))).Succeeded(), StringComparison.Ordinal);
        Assert.Contains("modified here, over /d/raw, 2 B written", (await View.VirtualViewAsync("explain", View.At("d/raw"))).Succeeded(), StringComparison.Ordinal);
        var moved = (await View.VirtualViewAsync("explain", View.At("f/one"))).Succeeded();
        Assert.StartsWith("/f/one: File, 1000000 bytes", moved, StringComparison.Ordinal);
        Assert.Equal(1, (await View.VirtualViewAsync("explain", View.At("d/gone"))).ExitCode);
        Assert.StartsWith("1 file of ", (await View.VirtualViewAsync("prefetch", View.At("f"))).Succeeded(), StringComparison.Ordinal);
        Assert.StartsWith("0 files of ", (await View.VirtualViewAsync("prefetch", View.At("d/new"))).Succeeded(), StringComparison.Ordinal);
        Assert.EndsWith("freed of 1 file\n", (await View.VirtualViewAsync("evict", View.At("f/o*"))).Succeeded(), StringComparison.Ordinal);
        Assert.Equal(1, (await View.VirtualViewAsync("prefetch", View.At("d/gone"))).ExitCode);
    }

    [Fact]
    public async Task A_view_that_is_read_only_today_shows_what_was_written_and_lets_nobody_change_it()
    {
        await View.StopAsync();
        View.MoreArguments.Add("--read-only");
        await View.StartAsync();
        Assert.Equal("mode new raw", (await View.ShellAsync($"echo $(ls '{View.At("d")}')")).Succeeded().Trim());
        Assert.Equal("new\n", await File.ReadAllTextAsync(View.At("d/new"), TestContext.Current.CancellationToken));
        Assert.Contains("Read-only file system", (await View.ShellAsync($"echo more >> '{View.At("d/new")}'")).Error, StringComparison.Ordinal);
        Assert.Equal(
            (1, "virtualview: /d/new: the view is mounted read-only: mount it writable to discard what is local\n"),
            ((await View.VirtualViewAsync("discard", View.At("d/new"))).ExitCode, (await View.VirtualViewAsync("discard", View.At("d/new"))).Error));
    }

    private async Task<string> DiffAsync(string path)
    {
        var changes = JsonDocument.Parse((await View.VirtualViewAsync("diff", path, "--json")).Succeeded()).RootElement;
        return string.Join(", ", changes.EnumerateArray().Select(change =>
            $"{change.GetProperty("change")} {change.GetProperty("path")}{(change.GetProperty("from").GetString() is { } from ? $" from {from}" : "")}"));
    }

    private async Task<string> StateAsync(string path) =>
        (await View.ShellAsync($"python3 -c 'import os,sys; print(os.getxattr(sys.argv[1], \"user.virtualview.state\").decode())' '{View.At(path)}'")).Succeeded().Trim();
}
