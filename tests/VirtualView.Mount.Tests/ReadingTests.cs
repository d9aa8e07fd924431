using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests;

[Trait("Needs", "fuse")]
public sealed class ReadingTests : IAsyncLifetime
{
    private const int SizeBytes = 5_000_003; // odd, and 20 blocks of which the last is short

    private Remote _remote = null!;
    private MountedView _view = null!;
    private byte[] _content = [];

    public async ValueTask InitializeAsync()
    {
        _remote = await Remote.StartAsync();
        _content = _remote.Put("/run/f1.bin", SizeBytes, seed: 1);
        _remote.Put("/run/empty.bin", 0, seed: 2);
        _remote.Put(@"/run/odd \xFF name", 1_000, seed: 3);
        _view = await MountedView.MountAsync(_remote.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _view.DisposeAsync();
        await _remote.DisposeAsync();
    }

    [Fact]
    public async Task Cmp_finds_no_difference_to_the_original()
    {
        var original = Path.Combine(_remote.Server.Files.Path, "run/f1.bin");
        (await Command.RunAsync("cmp", original, _view.At("run/f1.bin"))).Succeeded();
        (await Command.RunAsync("diff", "-r", Path.Combine(_remote.Server.Files.Path, "run"), _view.At("run"))).Succeeded();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(262_143, 2)]
    [InlineData(262_145, 1_000_001)]
    [InlineData(4_999_999, 4)]
    [InlineData(4_999_999, 1_000)]
    [InlineData(6_000_000, 10)]
    public async Task Dd_with_odd_offsets_reads_the_same_bytes(int offset, int length)
    {
        var output = Path.GetTempFileName();
        (await Command.RunAsync("dd", $"if={_view.At("run/f1.bin")}", $"of={output}", "bs=7001", $"skip={offset}", $"count={length}", "iflag=skip_bytes,count_bytes")).Succeeded();
        var expected = _content.AsMemory(Math.Min(offset, SizeBytes), Math.Max(0, Math.Min(length, SizeBytes - offset)));
        SameBytes.Check(expected, await File.ReadAllBytesAsync(output, TestContext.Current.CancellationToken));
        File.Delete(output);
    }

    /// <summary>In another process: a thread of this one that waits for a page cannot be stopped for a collection, and all would wait with it.</summary>
    [Fact]
    public async Task A_mapping_shows_the_same_bytes()
    {
        const string program = "import mmap, sys; f = open(sys.argv[1], 'rb'); m = mmap.mmap(f.fileno(), 0, prot=mmap.PROT_READ); print(*(m[int(at)] for at in sys.argv[2:]))";
        var random = new Random(4);
        int[] places = [.. Enumerable.Range(0, 500).Select(_ => random.Next(SizeBytes))];
        var read = (await Command.RunAsync("/usr/bin/python3", ["-c", program, _view.At("run/f1.bin"), .. places.Select(at => $"{at}")])).Succeeded();
        Assert.Equal(string.Join(' ', places.Select(at => _content[at])), read.Trim());
    }

    [Fact]
    public async Task Sizes_and_times_are_those_of_the_source()
    {
        var stat = (await Command.RunAsync("stat", "-c", "%s %Y %a %F", _view.At("run/f1.bin"), _view.At("run/empty.bin"))).Succeeded();
        Assert.Equal($"{SizeBytes} 1700000000 644 regular file\n0 1700000000 644 regular empty file\n", stat);
    }

    [Fact]
    public async Task A_name_of_any_bytes_is_listed_and_read()
    {
        var listed = (await Command.RunAsync("bash", "-c", $"cat '{_view.At("run")}'/odd* | wc -c; ls -b '{_view.At("run")}'")).Succeeded();
        Assert.StartsWith("1000\n", listed, StringComparison.Ordinal);
        Assert.Contains("""odd\ \377\ name""", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_way_to_write_answers_that_the_file_system_is_read_only()
    {
        await using var view = await MountedView.MountReadOnlyAsync(_remote.Url);
        var at = view.MountPoint;
        foreach (var command in new[] { $"echo x > {at}/new", $"echo x >> {at}/run/f1.bin", $"mkdir {at}/d", $"rm -f {at}/run/f1.bin", $"mv {at}/run {at}/ran", $"ln -s a {at}/l", $"truncate -s 0 {at}/run/f1.bin", $"chmod 600 {at}/run/f1.bin", $"touch {at}/run/f1.bin" })
        {
            var result = await Command.RunAsync("bash", "-c", command);
            Assert.NotEqual(0, result.ExitCode);
            Assert.Contains("Read-only file system", result.Error, StringComparison.Ordinal);
        }

        (await Command.RunAsync("cmp", Path.Combine(_remote.Server.Files.Path, "run/f1.bin"), view.At("run/f1.bin"))).Succeeded();
    }

    [Fact]
    public async Task Attributes_tell_the_version_and_are_not_listed()
    {
        await File.ReadAllBytesAsync(_view.At("run/f1.bin"), TestContext.Current.CancellationToken);
        await _view.UntilAsync("all blocks are stored", async () => await AttributeAsync("cached") == $"{SizeBytes}");
        Assert.Equal("clean", await AttributeAsync("state"));
        Assert.Equal("", (await Command.RunAsync("getfattr", "-d", "-m", "-", _view.At("run/f1.bin"))).Succeeded());
    }

    private async Task<string> AttributeAsync(string name) =>
        (await Command.RunAsync("getfattr", "--only-values", "-n", $"user.virtualview.{name}", _view.At("run/f1.bin"))).Succeeded();
}
