using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.Writing;

/// <summary>What was written to a remote file and is followed by no <c>close</c> is kept when the daemon ends in good order.</summary>
[Trait("Needs", "fuse")]
public sealed class UnclosedFileTests : IAsyncLifetime
{
    private const string Open = """
        import ctypes, os, sys
        libc = ctypes.CDLL(None, use_errno=True)
        libc.mmap.restype = ctypes.c_void_p
        libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
        libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
        file = os.open(sys.argv[1], os.O_RDWR)

        """;

    private readonly HostFolder _source = new();
    private readonly HostFolder _disk = new();
    private MountedView _view = null!;

    private string Raw => _view.At("raw");

    public async ValueTask InitializeAsync()
    {
        var path = Path.Combine(_source.Path, "raw");
        await File.WriteAllTextAsync(path, "what the source has\n");
        (await Command.RunAsync("touch", "-d", "2020-01-01", path)).Succeeded();
        _view = await WrittenView.MountAsync(_disk.Path, _source);
    }

    public async ValueTask DisposeAsync()
    {
        await _view.DisposeAsync();
        _disk.Dispose();
        _source.Dispose();
    }

    [Fact]
    public async Task What_a_program_wrote_and_has_not_closed_is_kept_when_the_daemon_is_stopped()
    {
        using var program = Command.Start("/usr/bin/python3", "-c", Open + "os.pwrite(file, b'HERE', 5); print('written', flush=True); sys.stdin.read()", Raw);
        Assert.Equal("written", await program.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        await _view.StopAsync();
        program.StandardInput.Close();
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        await IsKeptAsync();
    }

    [Fact]
    public async Task What_was_written_through_a_mapping_after_the_close_is_kept()
    {
        const string map = """
            start = libc.mmap(None, 10, 3, 1, file, 0)
            os.close(file)
            ctypes.memmove(start + 5, b"HERE", 4)
            libc.munmap(start, 10)
            """;
        (await Command.RunAsync("/usr/bin/python3", "-c", Open + map, Raw)).Succeeded();
        await _view.StopAsync();
        await IsKeptAsync();
    }

    private async Task IsKeptAsync()
    {
        await _view.StartAsync();
        Assert.Equal("what HEREsource has\n", await File.ReadAllTextAsync(Raw, TestContext.Current.CancellationToken));
    }
}
