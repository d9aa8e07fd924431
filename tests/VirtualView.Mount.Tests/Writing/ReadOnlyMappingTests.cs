using System.Text.Json;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.Writing;

/// <summary>A view that can be written, in which a mapping cannot.</summary>
[Trait("Needs", "fuse")]
[Trait("Needs", "root")]
public sealed class ReadOnlyMappingTests : IAsyncLifetime
{
    private const int SizeBytes = 1_000_003;

    private const string EachCall = """
        import ctypes, errno, os, socket, sys
        ro, free = sys.argv[1] + "/ro", sys.argv[1]
        libc = ctypes.CDLL(None, use_errno=True)
        f, d = ro + "/d/f1", ro + "/d"
        def raw(name, *arguments):
            if getattr(libc, name)(*arguments) != 0: raise OSError(ctypes.get_errno(), name)
        calls = {
            "open to write": lambda: os.open(f, os.O_WRONLY),
            "open to read and write": lambda: os.open(f, os.O_RDWR),
            "open to append": lambda: os.open(f, os.O_WRONLY | os.O_APPEND),
            "open to empty": lambda: os.open(f, os.O_RDONLY | os.O_TRUNC),
            "create": lambda: os.open(d + "/new", os.O_CREAT | os.O_EXCL | os.O_WRONLY),
            "create without a name": lambda: os.open(d, os.O_TMPFILE | os.O_RDWR),
            "truncate": lambda: os.truncate(f, 1),
            "mkdir": lambda: os.mkdir(d + "/new"),
            "rmdir": lambda: os.rmdir(ro + "/empty"),
            "unlink": lambda: os.unlink(f),
            "symlink": lambda: os.symlink("x", d + "/new"),
            "mkfifo": lambda: os.mkfifo(d + "/new"),
            "mknod": lambda: os.mknod(d + "/new", 0o600 | 0o100000),
            "socket": lambda: socket.socket(socket.AF_UNIX).bind(d + "/s"),
            "link in it": lambda: os.link(f, d + "/new"),
            "link out of it": lambda: os.link(f, free + "/new"),
            "link into it": lambda: os.link(free + "/mine", d + "/new"),
            "rename in it": lambda: os.rename(f, d + "/new"),
            "rename out of it": lambda: os.rename(f, free + "/new"),
            "rename into it": lambda: os.rename(free + "/mine", d + "/new"),
            "exchange": lambda: raw("renameat2", -100, (free + "/mine").encode(), -100, f.encode(), 2),
            "rename the place itself": lambda: os.rename(ro, free + "/elsewhere"),
            "chmod": lambda: os.chmod(f, 0o600),
            "chown": lambda: os.chown(f, 1, 1),
            "utimens": lambda: os.utime(f, (1, 1)),
            "utimens of a directory": lambda: os.utime(d, (1, 1)),
            "setxattr": lambda: os.setxattr(f, "user.x", b"1"),
            "removexattr": lambda: os.removexattr(f, "user.x"),
        }
        for name, call in calls.items():
            try:
                call()
                print(name, "was done")
            except OSError as refused:
                if refused.errno != errno.EROFS: print(name, errno.errorcode[refused.errno])
        """;

    private readonly HostFolder _free = new();
    private readonly HostFolder _fixed = new();
    private readonly HostFolder _disk = new();
    private MountedView _view = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_free.Path, "mine"), "mine\n", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(_fixed.Path, "d"));
        Directory.CreateDirectory(Path.Combine(_fixed.Path, "empty"));
        await File.WriteAllBytesAsync(Path.Combine(_fixed.Path, "d", "f1"), Remote.Noise(SizeBytes, seed: 1), TestContext.Current.CancellationToken);
        // Older than any clock's step, so that its blocks are kept.
        (await Command.RunAsync("touch", "-d", "2020-01-01", Path.Combine(_fixed.Path, "d", "f1"))).Succeeded();
        _view = await MountedView.MountConfiguredAsync($$"""
            { "VirtualView": {
                "View": { "Name": "mixed", "MountPoint": "MNT", "StateDirectory": {{JsonSerializer.Serialize(Path.Combine(_disk.Path, "state"))}} },
                "Sources": { "free": { "Kind": "Local", "Path": {{JsonSerializer.Serialize(_free.Path)}} },
                             "fixed": { "Kind": "Local", "Path": {{JsonSerializer.Serialize(_fixed.Path)}} } },
                "Mappings": [ { "At": "/", "Sources": [ "free" ] }, { "At": "/ro", "Sources": [ "fixed" ], "ReadOnly": true } ] } }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await _view.DisposeAsync();
        _free.Dispose();
        _fixed.Dispose();
        _disk.Dispose();
    }

    [Fact]
    public async Task Each_call_that_would_change_something_in_it_answers_that_it_is_read_only()
    {
        Assert.Equal("", (await Command.RunAsync("/usr/bin/python3", "-c", EachCall, _view.MountPoint)).Succeeded());
        (await _view.ShellAsync($"echo x >> '{_view.At("mine")}' && echo new > '{_view.At("new")}'")).Succeeded();
        Assert.Equal(["/mine", "/new"], JsonDocument.Parse((await _view.VirtualViewAsync("diff", "--mount", _view.MountPoint, "--json")).Succeeded())
            .RootElement.EnumerateArray().Select(change => change.GetProperty("path").GetString()));
    }

    [Fact]
    public async Task A_file_in_it_that_is_cached_as_a_whole_is_read_by_the_kernel_itself()
    {
        var file = _view.At("ro/d/f1");
        (await _view.VirtualViewAsync("prefetch", file)).Succeeded();
        SameBytes.Check(Remote.Noise(SizeBytes, seed: 1), await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        var passed = (await _view.StatusAsync()).GetProperty("passedThrough").GetInt64();
        Assert.True(passed > 0, "the kernel was lent nothing");
        Assert.Equal(0, (await _view.StatusAsync()).GetProperty("bytesServed").GetInt64());
        var inMount = JsonDocument.Parse((await _view.ShellAsync($"cat '{_view.At(".virtualview/status.json")}'")).Succeeded()).RootElement;
        Assert.Equal(passed, inMount.GetProperty("passedThrough").GetInt64());
    }
}
