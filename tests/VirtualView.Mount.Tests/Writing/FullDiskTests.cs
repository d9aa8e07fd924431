using VirtualView.Cache.Tests.Support;
using VirtualView.Core.Paths;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.Writing;

/// <summary>The disk of the state folder is full: what is cached goes first, then who writes is told, and nothing is lost.</summary>
[Trait("Needs", "fuse")]
[Trait("Needs", "root")]
public sealed class FullDiskTests : IDisposable
{
    private const int MebiByte = 1 << 20;

    private readonly HostFolder _source = new();

    public void Dispose() => _source.Dispose();

    [Theory]
    [InlineData("ext4")]
    [InlineData("tmpfs")]
    public async Task Cached_blocks_make_room_for_what_is_written(string kind)
    {
        await using var disk = await SmallDisk.MountOrSkipAsync(kind, 200);
        var remote = Remote.Noise(120 * MebiByte, seed: 1);
        _source.PutFile(VirtualPath.Parse("/remote.bin"), remote, Remote.Aged);
        await using var view = await WrittenView.MountAsync(disk.Folder, _source);
        SameBytes.Check(remote, await File.ReadAllBytesAsync(view.At("remote.bin"), TestContext.Current.CancellationToken));
        await view.UntilAsync("the file is cached", async () => await CachedAsync(view) > 100 * MebiByte);
        disk.Fill();
        Assert.Equal("", await PythonIn.RunAsync(view, """
            with open("new.bin", "wb") as file:
                for piece in range(90):
                    file.write(bytes([piece + 1]) * (1 << 20))
                file.flush()
                os.fsync(file.fileno())
            with open("new.bin", "rb") as file:
                for piece in range(90):
                    assert file.read(1 << 20) == bytes([piece + 1]) * (1 << 20), piece
            """));
        Assert.True(await CachedAsync(view) < 40 * MebiByte);
        SameBytes.Check(remote, await File.ReadAllBytesAsync(view.At("remote.bin"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("ext4")]
    [InlineData("tmpfs")]
    public async Task A_full_disk_refuses_what_is_new_lets_files_be_removed_and_loses_nothing(string kind)
    {
        await using var disk = await SmallDisk.MountOrSkipAsync(kind, 96);
        await using var view = await WrittenView.MountAsync(disk.Folder, _source);
        await PythonIn.RunAsync(view, """
            os.mkdir("kept")
            for number in range(1500):
                with open(f"kept/{number}", "wb") as file:
                    file.write(b"%d " % number * 50)
            with open("grows", "wb") as file:
                file.write(b"synced")
                os.fsync(file.fileno())
            """);
        disk.Fill();

        // What is refused is refused cleanly; what still found room stays.
        var made = (await PythonIn.RunAsync(view, """
            def until_full(act):
                for number in range(100000):
                    try:
                        act(number)
                    except OSError as error:
                        assert error.errno == errno.ENOSPC, error
                        return number
                raise SystemExit("the disk is never full")
            def grow(number):
                with open("grows", "ab", buffering=0) as file:
                    done = file.write(b"x" * 65536)
                    if done < 65536:
                        raise OSError(errno.ENOSPC, "short")
                    os.fsync(file.fileno())
            def fill(number):
                with open(f"filled-{number}", "xb", buffering=0) as file:
                    file.write(b"y" * 4096)
            until_full(grow)
            until_full(fill)
            print(until_full(lambda number: os.mkdir(f"made-{number}")), until_full(lambda number: os.symlink("x" * 1000, f"link-{number}")))
            """)).Split();
        disk.Fill();
        Assert.Equal(int.Parse(made[0], null), Directory.GetDirectories(view.MountPoint, "made-*").Length);
        Assert.Equal("", await PythonIn.RunAsync(view, """
            for number in range(1000):
                os.unlink(f"kept/{number}")
            """));
        disk.Fill();
        Assert.Equal("", await PythonIn.RunAsync(view, """
            for number in range(1000, 1100):
                os.unlink(f"kept/{number}")
            """));

        // There is room: all goes on, without a restart.
        disk.Empty();
        Assert.Equal("", await PythonIn.RunAsync(view, """
            for number in range(500):
                with open(f"kept/again-{number}", "xb") as file:
                    file.write(b"again")
            with open("grows", "ab") as file:
                file.write(b"end")
                os.fsync(file.fileno())
            """));
        var before = await ShownAsync(view);
        await view.KillAsync();
        await view.StartAsync();
        Assert.Equal(before, await ShownAsync(view));
        Assert.Equal("", await PythonIn.RunAsync(view, """
            assert sorted(os.listdir("kept")) == sorted([str(n) for n in range(1100, 1500)] + [f"again-{n}" for n in range(500)])
            for number in range(1100, 1500):
                assert open(f"kept/{number}", "rb").read() == b"%d " % number * 50, number
            grown = open("grows", "rb").read()
            assert grown.startswith(b"synced") and grown.endswith(b"end") and set(grown[6:-3]) <= {ord("x")}
            """));
        await view.StopAsync();
    }

    private static async Task<long> CachedAsync(MountedView view) => (await view.StatusAsync()).GetProperty("cache").GetProperty("usedBytes").GetInt64();

    private static async Task<string> ShownAsync(MountedView view) =>
        (await view.ShellAsync($"cd {view.MountPoint} && find . -type f -print0 | sort -z | xargs -0 sha256sum; find . -printf '%p %y %s %i\\n' | sort")).Succeeded();
}
