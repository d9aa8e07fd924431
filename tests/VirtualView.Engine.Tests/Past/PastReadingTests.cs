using VirtualView.Core.Outcomes;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Engine.Past;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Past;

public sealed class PastReadingTests
{
    [Fact]
    public async Task A_version_that_is_cached_is_read_though_no_source_has_it_any_more()
    {
        await using var world = await StartAsync();
        var old = world.Source.Put("/f", FakeSource.Pattern(5000), 1000);
        world.Engine.FileSystem.Release(await ReadWholeAsync(world, old));
        using var view = await ViewAsync(world);
        world.Source.Put("/f", FakeSource.Pattern(5000, seed: 2), 2000);
        await world.Engine.PollAsync(TestWorld.Cancel);
        var reads = world.Source.Reads.Count;
        Assert.Equal((FileSystemError.None, old), await view.ReadAsync("/f"), Same);
        Assert.Equal(reads, world.Source.Reads.Count);
    }

    [Fact]
    public async Task What_is_neither_cached_nor_at_a_source_is_stale()
    {
        await using var world = await StartAsync();
        world.Source.Put("/f", FakeSource.Pattern(5000), 1000);
        await world.ListAsync("/");
        using var view = await ViewAsync(world);
        world.Source.Put("/f", FakeSource.Pattern(5000, seed: 2), 2000);
        await world.Engine.PollAsync(TestWorld.Cancel);
        Assert.Equal(FileSystemError.Stale, (await view.ReadAsync("/f")).Error);
    }

    [Fact]
    public async Task A_version_that_a_source_still_has_is_fetched()
    {
        await using var world = await StartAsync();
        var bytes = world.Source.Put("/f", FakeSource.Pattern(5000), 1000);
        await world.ListAsync("/");
        using var view = await ViewAsync(world);
        Assert.Equal((FileSystemError.None, bytes), await view.ReadAsync("/f"), Same);
    }

    [Fact]
    public async Task An_answer_that_knows_more_than_was_recorded_is_not_joined_to_cached_blocks_of_a_past_version()
    {
        await using var world = await StartAsync();
        var listed = FakeSource.Weak(5000, 1000);
        var (old, other) = (FakeSource.Pattern(5000), FakeSource.Pattern(5000, seed: 2));
        world.Source.Put("/f", new FakeFile(old, listed, listed with { Tag = "\"one\"" }));
        await world.ListAsync("/");
        using var view = await ViewAsync(world);
        var handle = await world.OpenFileAsync("/f");
        Assert.Equal(old[..1000], await world.ReadAsync(handle, 0, 1000));
        world.Engine.FileSystem.Release(handle);
        // The same size and time, and only the answers tell that it is another one.
        world.Source.Put("/f", new FakeFile(other, listed, listed with { Tag = "\"two\"" }));
        handle = await world.OpenFileAsync("/f");
        await world.Files.ReadAsync(handle, 2000, new byte[1000], TestWorld.Cancel);
        world.Engine.FileSystem.Release(handle);
        await world.Engine.PollAsync(TestWorld.Cancel);

        Assert.Equal((FileSystemError.None, old[..1000]), await view.ReadAsync("/f", 1000), Same);
        var (error, bytes) = await view.ReadAsync("/f", 1000, offset: 3000);
        Assert.True(error == FileSystemError.Stale || bytes.AsSpan().SequenceEqual(old.AsSpan()[3000..4000]), $"{error}");
    }

    private static bool Same((FileSystemError Error, byte[] Bytes) left, (FileSystemError Error, byte[] Bytes) right) =>
        left.Error == right.Error && left.Bytes.AsSpan().SequenceEqual(right.Bytes);

    private static async Task<TestWorld> StartAsync()
    {
        var world = new TestWorld { History = new MemoryHistory() };
        await world.OpenAsync();
        return world;
    }

    private static async Task<SnapshotView> ViewAsync(TestWorld world) =>
        (await world.Engine.Snapshots.OpenAsync($"{world.Engine.Status().Snapshot}", TestWorld.Cancel)).Value;

    private static async Task<Core.FileSystem.HandleId> ReadWholeAsync(TestWorld world, byte[] expected)
    {
        var handle = await world.OpenFileAsync("/f");
        Assert.Equal(expected, await world.ReadAsync(handle, 0, expected.Length));
        return handle;
    }
}
