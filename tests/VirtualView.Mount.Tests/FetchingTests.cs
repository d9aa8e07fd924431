using VirtualView.Mount.Tests.Daemon;

namespace VirtualView.Mount.Tests;

[Trait("Needs", "fuse")]
public sealed class FetchingTests
{
    private const int SizeBytes = 20_000_001;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sixteen_readers_of_a_cold_file_fetch_each_block_once()
    {
        await using var remote = await Remote.StartAsync(TimeSpan.FromMilliseconds(5));
        var content = remote.Put("/f1.bin", SizeBytes, seed: 1);
        await using var view = await MountedView.MountAsync(remote.Url);

        var readers = Enumerable.Range(0, 16).Select(_ => Task.Run(() => File.ReadAllBytes(view.At("f1.bin")), Cancel));
        foreach (var read in await Task.WhenAll(readers))
            SameBytes.Check(content, read);

        Assert.Equal([(0, SizeBytes)], Joined(await remote.RangesSentAsync("/f1.bin", Cancel)));
    }

    [Fact]
    public async Task What_was_read_is_read_again_after_a_restart_without_any_fetch()
    {
        await using var remote = await Remote.StartAsync();
        var content = remote.Put("/f1.bin", SizeBytes, seed: 2);
        await using var view = await MountedView.MountAsync(remote.Url);
        await File.ReadAllBytesAsync(view.At("f1.bin"), Cancel);
        await view.StopAsync();
        var before = (await remote.RangesSentAsync("/f1.bin", Cancel)).Count;

        await view.StartAsync();
        SameBytes.Check(content, await File.ReadAllBytesAsync(view.At("f1.bin"), Cancel));
        Assert.Equal(before, (await remote.RangesSentAsync("/f1.bin", Cancel)).Count);
    }

    [Fact]
    public async Task After_a_restart_the_tree_and_what_is_cached_are_there_before_any_source_answers()
    {
        await using var remote = await Remote.StartAsync();
        var content = remote.Put("/a/f1.bin", 1_000_000, seed: 3);
        await using var view = await MountedView.MountAsync(remote.Url);
        await File.ReadAllBytesAsync(view.At("a/f1.bin"), Cancel);
        await view.StopAsync();
        remote.Link.Refusing = true;
        remote.Link.ResetAll();

        await view.StartAsync();
        Assert.Equal(["f1.bin"], Directory.GetFiles(view.At("a")).Select(Path.GetFileName));
        SameBytes.Check(content, await File.ReadAllBytesAsync(view.At("a/f1.bin"), Cancel));
    }

    [Fact]
    public async Task After_a_kill_the_dead_mount_is_cleaned_and_no_byte_is_wrong()
    {
        await using var remote = await Remote.StartAsync();
        var content = remote.Put("/f1.bin", SizeBytes, seed: 4);
        await using var view = await MountedView.MountAsync(remote.Url);
        await using (var file = File.OpenRead(view.At("f1.bin")))
            await file.ReadExactlyAsync(new byte[SizeBytes / 2], Cancel);
        await view.KillAsync();

        await view.StartAsync();
        SameBytes.Check(content, await File.ReadAllBytesAsync(view.At("f1.bin"), Cancel));
    }

    [Fact]
    public async Task Connections_that_break_all_the_time_change_no_byte()
    {
        await using var remote = await Remote.StartAsync(TimeSpan.FromMilliseconds(2));
        var content = remote.Put("/f1.bin", SizeBytes, seed: 5);
        await using var view = await MountedView.MountAsync(remote.Url);
        _ = Directory.GetFiles(view.MountPoint);

        var reading = Task.Run(() => File.ReadAllBytes(view.At("f1.bin")), Cancel);
        for (var i = 0; i < 12 && !reading.IsCompleted; i++)
        {
            if (i % 2 == 0) remote.Link.CutAfter(400_000);
            else remote.Link.ResetAfter(700_000);
            await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, Cancel));
        }

        SameBytes.Check(content, await reading);
    }

    [Fact]
    public async Task A_random_reader_fetches_its_blocks_and_nothing_else()
    {
        await using var remote = await Remote.StartAsync();
        var content = remote.Put("/f1.bin", SizeBytes, seed: 6);
        await using var view = await MountedView.MountAsync(remote.Url);
        const int block = 256 << 10;
        await using var file = new FileStream(view.At("f1.bin"), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        foreach (var number in new[] { 40, 3, 71, 22, 57 })
        {
            var read = new byte[4096];
            file.Position = ((long)number * block) + 8192;
            await file.ReadExactlyAsync(read, Cancel);
            SameBytes.Check(content.AsMemory((number * block) + 8192, 4096), read);
        }

        var ranges = await remote.RangesSentAsync("/f1.bin", Cancel);
        Assert.Equal(5 * block, ranges.Sum(range => range.To - range.From));
    }

    private static List<(long, long)> Joined(List<(long From, long To)> ranges)
    {
        var joined = new List<(long From, long To)>();
        foreach (var range in ranges)
        {
            if (joined.Count > 0 && joined[^1].To == range.From) joined[^1] = (joined[^1].From, range.To);
            else joined.Add(range);
        }

        return joined;
    }
}
