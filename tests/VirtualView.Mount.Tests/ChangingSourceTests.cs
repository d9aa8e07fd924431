using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests;

[Trait("Needs", "fuse")]
public sealed class ChangingSourceTests : IAsyncLifetime
{
    private const int SizeBytes = 3_000_000;

    private Remote _remote = null!;
    private MountedView _view = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _remote = await Remote.StartAsync();
        _remote.Put("/run/f1.bin", SizeBytes, seed: 1);
        _view = await MountedView.MountAsync(_remote.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _view.DisposeAsync();
        await _remote.DisposeAsync();
    }

    [Fact]
    public async Task A_changed_file_is_a_new_inode_with_the_new_bytes_after_a_sync()
    {
        await File.ReadAllBytesAsync(_view.At("run/f1.bin"), Cancel);
        var before = await InodeAsync("run/f1.bin");
        var changed = _remote.Put("/run/f1.bin", SizeBytes + 5, seed: 2, UnixTime.FromSeconds(1_700_000_100));
        await _view.SyncAsync();
        SameBytes.Check(changed, await File.ReadAllBytesAsync(_view.At("run/f1.bin"), Cancel));
        Assert.NotEqual(before, await InodeAsync("run/f1.bin"));
    }

    [Fact]
    public async Task An_open_handle_never_sees_the_new_version()
    {
        var old = Remote.Noise(SizeBytes, seed: 1);
        await using var file = new FileStream(_view.At("run/f1.bin"), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var head = new byte[1_000];
        await file.ReadExactlyAsync(head, Cancel);
        _remote.Put("/run/f1.bin", SizeBytes, seed: 2, UnixTime.FromSeconds(1_700_000_100));
        await _view.SyncAsync();

        file.Position = 2_900_000; // never fetched: nobody has these bytes of the old version any more
        var failure = await Assert.ThrowsAnyAsync<IOException>(async () => await file.ReadExactlyAsync(new byte[1_000], Cancel));
        Assert.Contains("tale", failure.Message, StringComparison.Ordinal);
        file.Position = 0;
        await file.ReadExactlyAsync(head, Cancel);
        SameBytes.Check(old.AsMemory(0, 1_000), head);
    }

    [Fact]
    public async Task Files_that_come_and_go_are_followed()
    {
        Assert.Equal(["f1.bin"], Directory.GetFiles(_view.At("run")).Select(Path.GetFileName));
        _remote.Put("/run/f2.bin", 10, seed: 3);
        _remote.Server.Files.Remove(VirtualPath.Parse("/run/f1.bin"));
        await _view.SyncAsync();
        Assert.Equal(["f2.bin"], Directory.GetFiles(_view.At("run")).Select(Path.GetFileName));
        Assert.False(File.Exists(_view.At("run/f1.bin")));
    }

    [Fact]
    public async Task A_source_that_does_not_answer_keeps_its_files_in_the_view()
    {
        var content = await File.ReadAllBytesAsync(_view.At("run/f1.bin"), Cancel);
        _remote.Link.Refusing = true;
        _remote.Link.ResetAll();
        await _view.VirtualViewAsync("sync", _view.MountPoint);
        Assert.Equal(["f1.bin"], Directory.GetFiles(_view.At("run")).Select(Path.GetFileName));
        SameBytes.Check(content, await File.ReadAllBytesAsync(_view.At("run/f1.bin"), Cancel));
        var status = await _view.StatusAsync();
        Assert.False(status.GetProperty("sources")[0].GetProperty("isReachable").GetBoolean());
    }

    private async Task<string> InodeAsync(string path) => (await Command.RunAsync("stat", "-c", "%i", _view.At(path))).Succeeded();
}
