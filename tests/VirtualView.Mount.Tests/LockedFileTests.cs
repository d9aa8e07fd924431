using VirtualView.Core.Units;
using VirtualView.Mount.Tests.Daemon;

namespace VirtualView.Mount.Tests;

/// <summary>Two programs never lock two inodes of one name because the source changed between them.</summary>
[Trait("Needs", "fuse")]
public sealed class LockedFileTests : IAsyncLifetime
{
    private Remote _remote = null!;
    private MountedView _view = null!;

    public async ValueTask InitializeAsync()
    {
        _remote = await Remote.StartAsync();
        _remote.Put("/run/f1.bin", 3000, seed: 1);
        _view = await MountedView.MountConfiguredAsync($$"""
            { "VirtualView": {
                "View": { "Name": "locked", "MountPoint": "MNT", "StateDirectory": "STATE", "ReadOnly": false },
                "Sources": { "web": { "Kind": "Http", "Url": "{{_remote.Url}}" } },
                "Mappings": [ { "At": "/", "Sources": [ "web" ] } ] } }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await _view.DisposeAsync();
        await _remote.DisposeAsync();
    }

    [Theory]
    [InlineData("flock")]
    [InlineData("posix")]
    [InlineData("ofd")]
    public async Task A_file_that_a_program_holds_locked_stays_what_it_is_until_the_lock_is_gone(string kind)
    {
        var path = _view.At("run/f1.bin");
        using (await LockingProgram.HoldAsync(path, kind))
        {
            await ChangeAsync();
            Assert.Equal("busy 3000", await LockingProgram.TryAsync(path, kind));
        }

        await _view.UntilAsync("the new version shows", async () => await LockingProgram.TryAsync(path, kind) == "free 4000");
    }

    [Fact]
    public async Task A_file_that_is_unlocked_and_open_still_follows_its_source()
    {
        var path = _view.At("run/f1.bin");
        using var holder = await LockingProgram.HoldAsync(path, "flock");
        await ChangeAsync();
        Assert.Equal("busy 3000", await LockingProgram.TryAsync(path, "flock"));
        await holder.LetGoAsync();
        await _view.SyncAsync();
        Assert.Equal("free 4000", await LockingProgram.TryAsync(path, "flock"));
    }

    private async Task ChangeAsync()
    {
        _remote.Put("/run/f1.bin", 4000, seed: 2, UnixTime.FromSeconds(1_700_000_100));
        await _view.SyncAsync();
    }
}
