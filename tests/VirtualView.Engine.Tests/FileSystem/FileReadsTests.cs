using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Engine.Tests.World;
using VirtualView.Testing;

namespace VirtualView.Engine.Tests.FileSystem;

public sealed class FileReadsTests
{
    private static CancellationToken Cancel => TestWorld.Cancel;

    [Fact]
    public async Task Ranges_are_cut_at_the_end_and_refused_before_the_beginning()
    {
        await using var world = await TestWorld.StartAsync();
        var bytes = world.Source.Put("/f", FakeSource.Pattern(2500));
        var handle = await world.OpenFileAsync("/f");

        Assert.Equal(bytes[2400..], await world.ReadAsync(handle, 2400, 1000));
        Assert.Empty(await world.ReadAsync(handle, 2500, 1000));
        Assert.Empty(await world.ReadAsync(handle, long.MaxValue, 1000));
        Assert.Equal(FileSystemError.InvalidArgument, (await world.Files.ReadAsync(handle, -1, new byte[1], Cancel)).Error);
        Assert.False(world.Files.TryRead(handle, -1, new byte[1]).IsDone);
    }

    [Fact]
    public async Task Any_range_gives_the_bytes_of_the_file_whatever_is_stored()
    {
        await using var world = await TestWorld.StartAsync();
        var bytes = world.Source.Put("/f", FakeSource.Pattern(9300));
        var handle = await world.OpenFileAsync("/f");
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var (from, length) = (random.Next(bytes.Length), random.Next(1, 5000));
            Assert.Equal(bytes[from..Math.Min(bytes.Length, from + length)], await world.ReadAsync(handle, from, length));
            var key = world.Store.Blocks.Keys.FirstOrDefault();
            if (round % 3 == 0) world.Store.Blocks.TryRemove(key, out _); // evicted
        }
    }

    [Fact]
    public async Task What_is_stored_is_at_hand()
    {
        await using var world = await TestWorld.StartAsync();
        var bytes = world.Source.Put("/f", FakeSource.Pattern(2500));
        var handle = await world.OpenFileAsync("/f");
        Assert.False(world.Files.TryRead(handle, 0, new byte[10]).IsDone);
        await world.ReadAsync(handle, 0, 2500);
        await Eventually.TrueAsync(() => world.Store.Blocks.Count == 3);
        var into = new byte[3000];

        Assert.Equal(ReadStep.Done(2500), world.Files.TryRead(handle, 0, into));
        Assert.Equal(bytes, into[..2500]);
    }

    [Fact]
    public async Task An_empty_file_is_read_without_asking_anybody()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/f", []));
        var handle = await world.OpenFileAsync("/f");

        Assert.Equal(ReadStep.Done(0), world.Files.TryRead(handle, 0, new byte[10]));
        Assert.Empty(await world.ReadAsync(handle, 0, 10));
        Assert.Empty(world.Source.Reads);
    }

    [Fact]
    public async Task A_directory_cannot_be_opened_as_a_file_nor_a_file_as_a_directory()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/d/f", [1]));
        var file = (await world.LookupAsync("/d/f")).Value.Node;
        var directory = (await world.LookupAsync("/d")).Value.Node;

        Assert.Equal(FileSystemError.IsADirectory, (await world.Files.OpenAsync(directory, OpenIntent.Read, Cancel)).Error);
        Assert.Equal(FileSystemError.NotADirectory, (await world.Files.OpenDirectoryAsync(file, Cancel)).Error);
        Assert.Equal(FileSystemError.Stale, (await world.Files.OpenAsync(new NodeId(999), OpenIntent.Read, Cancel)).Error);
        Assert.Equal(FileSystemError.NotASymlink, world.Files.ReadLink(file).Error);
    }

    [Fact]
    public async Task A_sequential_reader_is_served_ahead_without_fetching_a_block_twice()
    {
        await using var world = new TestWorld();
        var bytes = world.Source.Put("/f", FakeSource.Pattern(60_000));
        await world.OpenAsync(readAhead: 16_000);
        var handle = await world.OpenFileAsync("/f");

        for (var at = 0; at < 30_000; at += 1500) Assert.Equal(bytes[at..(at + 1500)], await world.ReadAsync(handle, at, 1500));

        await Eventually.TrueAsync(() => world.Store.Blocks.Count > 30);
        var blocks = world.Source.Reads.ToList().SelectMany(read => Enumerable.Range((int)read.Range.Offset / 1000, (int)read.Range.Length / 1000)).ToList();
        Assert.Distinct(blocks);
        Assert.InRange(blocks.Count, 30, 48);
    }
}
