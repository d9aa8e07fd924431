using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.BadInput;

/// <summary>What may lie in a folder and is not what one expects.</summary>
[Trait("Needs", "fuse")]
public sealed class StrangeFilesTests : IAsyncLifetime
{
    private readonly HostFolder _folder = new();
    private MountedView _view = null!;

    private string Data => Path.Combine(_folder.Path, "data");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Data);
        (await Command.RunAsync("bash", "-euc", """
            cd "$0"
            : >empty
            truncate -s 9T huge && printf end >>huge && touch -d 2001-01-01 huge
            echo old >old && touch -d '1960-01-01 00:00:00.25 UTC' old
            ln -s round-b round-a && ln -s round-a round-b && ln -s . self && ln -s /nowhere dangling
            mkfifo fifo
            printf x >"$(printf 'line\nend')" && printf y >"$(printf '\xff\xfe\x80')" && printf z >'-rf *'
            printf long >"$(printf 'n%.0s' $(seq 255))"
            """, Data)).Succeeded();
        _view = await MountedView.MountAsync($"file://{Data}");
    }

    public async ValueTask DisposeAsync()
    {
        await _view.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Each_is_shown_as_it_is_or_not_at_all_and_nothing_hangs()
    {
        Assert.Equal(await ShellAsync(Data, "find . ! -name fifo -printf '%P|%s|%T@|%y|%l\\n' | grep -v '^|' | sort"),
            await ShellAsync(_view.MountPoint, "find . -printf '%P|%s|%T@|%y|%l\\n' | grep -v '^|' | sort"));
        Assert.Equal("", await ShellAsync(_view.MountPoint, "cat empty"));
        Assert.Equal("end", await ShellAsync(_view.MountPoint, "tail -c 3 huge"));
        Assert.Equal("xyzlong", await ShellAsync(_view.MountPoint, "cat line* $'\\xff\\xfe\\x80' -- '-rf *' nnn*"));
        foreach (var name in (string[])["round-a", "self/self/self/round-b", "dangling", "fifo"])
            Assert.NotEqual(0, (await Command.RunAsync("cat", _view.At(name))).ExitCode);
    }

    private static async Task<string> ShellAsync(string folder, string line) =>
        (await Command.RunAsync("bash", "-c", $"cd '{folder}' && export LC_ALL=C && {line}")).Succeeded();
}
