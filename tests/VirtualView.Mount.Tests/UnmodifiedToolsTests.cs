using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests;

/// <summary>Tools that compare and copy trees find the mount to be what its source is.</summary>
[Trait("Needs", "fuse")]
public sealed class UnmodifiedToolsTests : IAsyncLifetime
{
    private readonly HostFolder _source = new();
    private readonly HostFolder _copy = new();
    private MountedView _view = null!;

    public async ValueTask InitializeAsync()
    {
        (await Command.RunAsync("bash", "-c", """
            cd "$1"; mkdir -p run/100K empty; umask 022
            head -c 700001 /dev/urandom > run/100K/f1.h5; : > run/none; echo text > "run/two words"
            echo odd > $'run/new\nline'; echo odd > $'run/no\xff\xfeutf'; echo dash > run/-dash; ln -s 100K/f1.h5 run/link
            find . -depth -exec touch -h -d '2023-04-05 06:07:08.123456789' {} +; chmod 755 .; find . -type d -exec chmod 755 {} +
            """, "bash", _source.Path)).Succeeded();
        _view = await MountedView.MountAsync($"file://{_source.Path}");
    }

    public async ValueTask DisposeAsync()
    {
        await _view.DisposeAsync();
        _copy.Dispose();
        _source.Dispose();
    }

    [Fact]
    public async Task Rsync_with_attributes_and_checksums_finds_nothing_to_do()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/rsync"), "there is no rsync");
        // The root is not the source's own: its time is that of the view.
        var found = await _view.ShellAsync($"rsync -aXc --omit-dir-times --delete --dry-run -i '{_view.MountPoint}/' '{_source.Path}/'");
        Assert.Equal("", found.Succeeded());
    }

    [Theory]
    [InlineData("cp -a MNT/. COPY")]
    [InlineData("tar --xattrs --xattrs-include='*' -cf - -C MNT . | tar --xattrs --xattrs-include='*' -xf - -C COPY")]
    public async Task A_copy_has_the_names_bytes_times_and_attributes_of_the_source(string copying)
    {
        const string list = "cd '{0}' && find . -mindepth 1 -printf '%y %m %T@ %l %p\\0' | sort -z && find . -type f -print0 | sort -z | xargs -0 sha256sum -- && getfattr -R -h -d -m - .";
        (await _view.ShellAsync("set -o pipefail; " + copying.Replace("MNT", $"'{_view.MountPoint}'", StringComparison.Ordinal).Replace("COPY", $"'{_copy.Path}'", StringComparison.Ordinal))).Succeeded();
        var expected = (await _view.ShellAsync(list.Replace("{0}", _source.Path, StringComparison.Ordinal))).Succeeded();
        Assert.Contains("f1.h5", expected, StringComparison.Ordinal);
        Assert.Equal(expected, (await _view.ShellAsync(list.Replace("{0}", _copy.Path, StringComparison.Ordinal))).Succeeded());
    }
}
