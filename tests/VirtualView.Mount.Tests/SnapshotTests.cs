using System.Text.Json;
using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Mount.Tests.Daemon;

namespace VirtualView.Mount.Tests;

[Trait("Needs", "fuse")]
public sealed class SnapshotTests : IAsyncLifetime
{
    private const int SizeBytes = 700_000;

    private static readonly UnixTime Later = UnixTime.FromSeconds(1_700_000_100);

    private Remote _remote = null!;
    private MountedView _view = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _remote = await Remote.StartAsync();
        _remote.Put("/run/read.bin", SizeBytes, seed: 1);
        _remote.Put("/run/unread.bin", SizeBytes, seed: 2);
        _remote.Put("/never/looked.bin", 10, seed: 3);
        _view = await MountedView.MountAsync(_remote.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _view.DisposeAsync();
        await _remote.DisposeAsync();
    }

    [Fact]
    public async Task The_old_version_is_read_from_the_cache_and_what_is_nowhere_is_stale_and_explained_also_after_a_restart()
    {
        var old = await File.ReadAllBytesAsync(_view.At("run/read.bin"), Cancel);
        (await _view.ShellAsync($"ls -l '{_view.At("run")}'")).Succeeded();
        var number = (await _view.StatusAsync()).GetProperty("snapshot").GetInt64();
        var changed = _remote.Put("/run/read.bin", SizeBytes, seed: 11, Later);
        _remote.Put("/run/unread.bin", SizeBytes, seed: 12, Later);
        await _view.SyncAsync();
        SameBytes.Check(changed, await File.ReadAllBytesAsync(_view.At("run/read.bin"), Cancel));

        await CheckAsync(number, old);
        await _view.StopAsync();
        await _view.StartAsync();
        await CheckAsync(number, old);
        SameBytes.Check(changed, await File.ReadAllBytesAsync(_view.At("run/read.bin"), Cancel));
    }

    [Fact]
    public async Task Commands_keep_compare_and_drop_what_the_mount_shows_by_number_and_name()
    {
        (await _view.ShellAsync($"ls -lR '{_view.At("run")}'")).Succeeded();
        var before = (await _view.StatusAsync()).GetProperty("snapshot").GetInt64();
        Assert.Contains($"snapshot {before} is kept as 'before it'", (await SnapshotsAsync("keep", $"{before}", "before it")).Succeeded(), StringComparison.Ordinal);
        _remote.Put("/run/new.bin", 10, seed: 4);
        _remote.Put("/run/read.bin", SizeBytes, seed: 11, Later);
        _remote.Server.Files.Remove(VirtualPath.Parse("/run/unread.bin"));
        (await _view.VirtualViewAsync("sync", _view.MountPoint, "--accept-deletions")).Succeeded();
        var after = (await _view.StatusAsync()).GetProperty("snapshot").GetInt64();

        Assert.Equal(
            "added    /run/new.bin\nchanged  /run/read.bin\nremoved  /run/unread.bin\n",
            (await SnapshotsAsync("diff", "before it", $"{after}")).Succeeded());
        var listed = JsonDocument.Parse((await SnapshotsAsync("--json")).Succeeded()).RootElement.GetProperty("snapshots");
        Assert.Equal("before it", listed[0].GetProperty("name").GetString());
        var folder = _view.At(".virtualview/snapshots");
        var names = (await _view.ShellAsync($"ls '{folder}'")).Succeeded();
        Assert.Contains("before it\n", names, StringComparison.Ordinal);
        Assert.Contains($"{after}\n", names, StringComparison.Ordinal);
        Assert.Equal("read.bin\nunread.bin\n", (await _view.ShellAsync($"ls '{folder}/before it/run'")).Succeeded());
        Assert.Contains("No data available", (await _view.ShellAsync($"ls '{folder}/before it/never'")).Error, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", (await _view.ShellAsync($"rm '{folder}/before it/run/read.bin'")).Error, StringComparison.Ordinal);
        Assert.Contains("nobody had looked into it", (await _view.VirtualViewAsync("explain", $"{folder}/before it/never")).Succeeded(), StringComparison.Ordinal);

        Assert.Equal(1, (await SnapshotsAsync("keep", $"{after}", "before it")).ExitCode);
        (await SnapshotsAsync("drop", "before it")).Succeeded();
        Assert.DoesNotContain("before it", (await _view.ShellAsync($"ls '{folder}'")).Succeeded(), StringComparison.Ordinal);
        Assert.Equal(1, (await SnapshotsAsync("drop", "before it")).ExitCode);
    }

    [Fact]
    public async Task Tools_walk_the_view_and_all_its_snapshots_in_one_go()
    {
        (await _view.ShellAsync($"ls -lR '{_view.MountPoint}'")).Succeeded();
        _remote.Put("/run/new.bin", 10, seed: 4);
        await _view.SyncAsync();
        var number = (await _view.StatusAsync()).GetProperty("snapshot").GetInt64();
        var folder = _view.At($".virtualview/snapshots/{number}");
        Assert.Equal("", (await _view.ShellAsync($"diff -r '{_view.MountPoint}' '{folder}'")).Succeeded());
        // An inode of its own for each: cp would else take the two for one file, and find take a tree for a circle.
        (await _view.ShellAsync($"test ! '{_view.At("run/new.bin")}' -ef '{folder}/run/new.bin'")).Succeeded();
        Assert.Equal("4\n", (await _view.ShellAsync($"find -L '{folder}' -type f | wc -l")).Succeeded());
        (await _view.ShellAsync($"cd '{_view.MountPoint}' && cp -a '{folder}' /dev/shm/$$ && diff -r /dev/shm/$$ . ; code=$?; rm -r /dev/shm/$$; exit $code")).Succeeded();
    }

    private async Task CheckAsync(long number, byte[] old)
    {
        var folder = _view.At($".virtualview/snapshots/{number}/run");
        SameBytes.Check(old, await File.ReadAllBytesAsync(Path.Combine(folder, "read.bin"), Cancel));
        var read = await _view.ShellAsync($"cat '{folder}/unread.bin'");
        Assert.Equal("", read.Output);
        Assert.Contains("Stale file handle", read.Error, StringComparison.Ordinal);
        Assert.Equal($"{SizeBytes}\n", (await _view.ShellAsync($"stat -c %s '{folder}/unread.bin'")).Succeeded());
        var said = (await _view.VirtualViewAsync("explain", $"{folder}/unread.bin")).Succeeded();
        Assert.Contains("ends with ESTALE: no source has this version any more", said, StringComparison.Ordinal);
        Assert.Contains("another version by now", said, StringComparison.Ordinal);
        Assert.Contains("all of it is cached", (await _view.VirtualViewAsync("explain", $"{folder}/read.bin")).Succeeded(), StringComparison.Ordinal);
    }

    private Task<VirtualView.Testing.Processes.CommandResult> SnapshotsAsync(params string[] arguments) =>
        _view.VirtualViewAsync(["snapshots", .. arguments, "--mount", _view.MountPoint]);
}
