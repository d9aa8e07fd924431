using VirtualView.Fuse.TestHost;
using VirtualView.Testing.Processes;

namespace VirtualView.Fuse.Tests.Mounts;

/// <summary>Unmodified programs and calls on a real mount.</summary>
[Trait("Needs", "fuse")]
public sealed class ReadingTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private Host Host => fixture.Host;

    [Fact]
    public async Task A_file_is_what_cmp_says_it_is()
    {
        var copy = Path.GetTempFileName();
        await File.WriteAllBytesAsync(copy, Content.Bytes(SampleTree.SmallSeed, 0, SampleTree.SmallBytes), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await Command.RunAsync("cmp", copy, Host.At("small"))).ExitCode);
        Assert.Equal(0, (await Command.RunAsync("cmp", copy, Host.At("link"))).ExitCode);
        await File.WriteAllBytesAsync(copy, Content.Bytes(SampleTree.ColdSeed, 0, SampleTree.ColdBytes), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await Command.RunAsync("cmp", copy, Host.At("cold"))).ExitCode);
        File.Delete(copy);
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(4099, 7, 4099)]
    [InlineData(35_999_999_000, 0, 5000)] // the last 1000 bytes of 36 GB
    [InlineData(36_000_000_001, 0, 10)] // past the end
    [InlineData(2_147_483_647, 1, 1_500_000)]
    public void Odd_ranges_of_a_file_larger_than_memory_are_right(long offset, int shift, int count)
    {
        using var file = File.OpenHandle(Host.At("huge"));
        var bytes = new byte[count + shift];
        var read = 0;
        for (int got; (got = RandomAccess.Read(file, bytes.AsSpan(shift + read), offset + read)) > 0;) read += got;
        Assert.Equal((int)Math.Clamp(SampleTree.HugeBytes - offset, 0, count), read);
        Assert.Equal(Content.Bytes(SampleTree.HugeSeed, offset, read), bytes[shift..(shift + read)]);
    }

    [Fact]
    public async Task Direct_reads_with_dd_are_right()
    {
        var copy = Path.GetTempFileName();
        var dd = await Command.RunAsync("dd", $"if={Host.At("huge")}", $"of={copy}", "bs=1M", "count=3", "skip=1717", "iflag=direct");
        Assert.Equal(0, dd.ExitCode);
        var bytes = await File.ReadAllBytesAsync(copy, TestContext.Current.CancellationToken);
        Assert.Equal(Content.Bytes(SampleTree.HugeSeed, 1717L << 20, 3 << 20), bytes);
        File.Delete(copy);
    }

    /// <summary>In another process: a thread of this one that waits for a page cannot be stopped for a collection, and all would wait with it.</summary>
    [Fact]
    public async Task A_mapped_file_shows_its_bytes()
    {
        const string program = "import mmap, sys; f = open(sys.argv[1], 'rb'); m = mmap.mmap(f.fileno(), 0, prot=mmap.PROT_READ); print(m[2000001:2005001].hex())";
        var read = (await Command.RunAsync("/usr/bin/python3", "-c", program, Host.At("cold"))).Succeeded();
        Assert.Equal(Convert.ToHexStringLower(Content.Bytes(SampleTree.ColdSeed, 2_000_001, 5000)), read.Trim());
    }

    [Fact]
    public void An_empty_file_is_empty() => Assert.Empty(File.ReadAllBytes(Host.At("empty")));

    [Fact]
    public async Task Sixty_four_threads_read_through_one_handle()
    {
        using var file = File.OpenHandle(Host.At("huge"));
        await Parallel.ForAsync(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = TestContext.Current.CancellationToken }, (n, _) =>
        {
            var bytes = new byte[70_001];
            for (var i = 0; i < 20; i++)
            {
                var offset = (n * 1_234_567_891L) + (i * 70_001L);
                offset %= SampleTree.HugeBytes - bytes.Length;
                Assert.Equal(bytes.Length, RandomAccess.Read(file, bytes, offset));
                Assert.Equal(Content.Bytes(SampleTree.HugeSeed, offset, bytes.Length), bytes);
            }

            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public async Task A_file_that_fails_gives_an_error_and_the_mount_lives_on()
    {
        Assert.Contains("Input/output error", (await Command.RunAsync("cat", Host.At("broken"))).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await Command.RunAsync("cat", Host.At("small"))).ExitCode);
    }

    [Theory]
    [InlineData("-x", "small")]
    [InlineData("-s", "small")]
    [InlineData("-s", "cold")]
    public async Task Whole_file_locks_are_granted_without_waiting(string mode, string name) =>
        Assert.Equal(0, (await Command.RunAsync("flock", mode, "-n", Host.At(name), "true")).ExitCode);

    [Fact]
    public async Task Locks_exclude_each_other_within_the_mount()
    {
        var both = await Command.RunAsync("flock", "-x", "-n", Host.At("small"), "flock", "-s", "-n", Host.At("small"), "true");
        Assert.Equal(1, both.ExitCode);
    }

    [Fact]
    public async Task Byte_range_locks_for_reading_are_granted()
    {
        const string script = "import fcntl,sys; f=open(sys.argv[1],'rb'); fcntl.lockf(f, fcntl.LOCK_SH|fcntl.LOCK_NB, 100, 50); fcntl.flock(f, fcntl.LOCK_SH|fcntl.LOCK_NB)";
        var locked = await Command.RunAsync("python3", "-c", script, Host.At("small"));
        Assert.True(locked.ExitCode == 0, locked.Error);
    }

    [Fact]
    public async Task Copying_with_holes_ends()
    {
        var copy = Path.GetTempFileName();
        Assert.Equal(0, (await Command.RunAsync("cp", "--sparse=auto", Host.At("small"), copy)).ExitCode);
        Assert.Equal(0, (await Command.RunAsync("cmp", copy, Host.At("small"))).ExitCode);
        File.Delete(copy);
    }
}
