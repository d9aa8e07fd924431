using System.Diagnostics;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests;

/// <summary>What a killed daemon leaves where somebody still holds its device: a mount that answers nobody and says no word.</summary>
[Trait("Needs", "fuse")]
[Trait("Needs", "root")] // to copy the descriptors of another process
public sealed class AbandonedMountTests : IAsyncLifetime
{
    private Remote _remote = null!;
    private MountedView _view = null!;
    private HeldDescriptors _device = null!;
    private Process _waiting = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _remote = await Remote.StartAsync();
        _remote.Put("/f1.bin", 300_000, seed: 1);
        _view = await MountedView.MountAsync(_remote.Url);
        _device = HeldDescriptors.Of(_view.ProcessId, "/dev/fuse");
        Assert.True(_device.Count > 0);
        await _view.KillAsync();
        _waiting = Command.Start("stat", "-f", _view.MountPoint);
    }

    public async ValueTask DisposeAsync()
    {
        _device.Dispose(); // and so nobody waits any more
        await _view.DisposeAsync();
        _waiting.Dispose();
        await _remote.DisposeAsync();
    }

    [Fact]
    public async Task The_next_mount_takes_it_away_and_who_waited_in_it_waits_no_more()
    {
        await _view.VirtualViewAsync("status"); // meets the record of the dead daemon, and must leave it
        await _view.StartAsync();
        Assert.NotEqual(0, (await Command.EndAsync(_waiting)).ExitCode);
        SameBytes.Check(Remote.Noise(300_000, seed: 1), await File.ReadAllBytesAsync(_view.At("f1.bin"), Cancel));
    }

    [Fact]
    public async Task Unmount_by_force_takes_it_away_and_who_waited_in_it_waits_no_more()
    {
        var refused = await _view.VirtualViewAsync("unmount", _view.MountPoint);
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains($"(process {_view.ProcessId}) is dead: 'virtualview unmount {_view.MountPoint} --force'", refused.Error, StringComparison.Ordinal);
        Assert.True(_view.IsMounted);

        (await _view.VirtualViewAsync("unmount", _view.MountPoint, "--force")).Succeeded();
        Assert.NotEqual(0, (await Command.EndAsync(_waiting)).ExitCode);
        Assert.False(_view.IsMounted);
    }

    [Fact]
    public async Task Doctor_says_that_its_daemon_is_dead()
    {
        var said = (await _view.VirtualViewAsync("doctor")).Output;
        Assert.Contains($"{_view.MountPoint} is mounted, and its daemon is dead: virtualview unmount {_view.MountPoint} --force", said, StringComparison.Ordinal);
    }
}
