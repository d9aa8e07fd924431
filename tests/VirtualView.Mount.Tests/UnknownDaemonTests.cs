using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;

namespace VirtualView.Mount.Tests;

/// <summary>A daemon that lives and left no record where we look, as one of another user or of a container.</summary>
[Trait("Needs", "fuse")]
public sealed class UnknownDaemonTests
{
    [Fact]
    public async Task Its_mount_is_neither_mounted_over_nor_taken_off_by_force()
    {
        await using var remote = await Remote.StartAsync();
        var content = remote.Put("/f1.bin", 300_000, seed: 1);
        await using var view = await MountedView.MountAsync(remote.Url);
        using var elsewhere = new HostFolder();
        var program = $"XDG_RUNTIME_DIR={elsewhere.Path} XDG_STATE_HOME={elsewhere.Path} XDG_CACHE_HOME={elsewhere.Path}/cache '{Executable.Path}'";

        var refused = await view.ShellAsync($"{program} unmount {view.MountPoint} --force");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("is served by a daemon that is not known here", refused.Error, StringComparison.Ordinal);
        var mounting = await view.ShellAsync($"{program} mount {remote.Url} {view.MountPoint}");
        Assert.Equal(1, mounting.ExitCode);
        Assert.Contains("a view is mounted here already", mounting.Error, StringComparison.Ordinal);
        var examined = await view.ShellAsync($"{program} doctor");
        Assert.Contains($"{view.MountPoint} is mounted by a daemon that is not known here", examined.Output, StringComparison.Ordinal);
        SameBytes.Check(content, await File.ReadAllBytesAsync(view.At("f1.bin"), TestContext.Current.CancellationToken));
    }
}
