using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Engine.Tests.World;
using VirtualView.Testing;

namespace VirtualView.Engine.Tests;

/// <summary>Reads through a handle: who shares a fetch, and what the store, a cancellation or the end does to them.</summary>
public sealed class ReadingTests
{
    private static CancellationToken Cancel => TestWorld.Cancel;

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    public async Task Many_readers_of_a_cold_file_cause_one_fetch_a_block(int readers)
    {
        await using var world = new TestWorld();
        var bytes = world.Source.Put("/a/f", FakeSource.Pattern(10_500));
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await world.OpenAsync();
        var handle = await world.OpenFileAsync("/a/f");
        world.Source.Delay = _ => gate.Task;

        var reads = Enumerable.Range(0, readers).Select(_ => world.ReadAsync(handle, 0, 20_000)).ToList();
        gate.SetResult();

        foreach (var read in await Task.WhenAll(reads)) Assert.Equal(bytes, read);
        Assert.Equal(bytes.Length, world.Source.Reads.Sum(read => read.Range.Length));
    }

    [Fact]
    public async Task A_file_cannot_be_opened_for_writing()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/f", [1]));
        var node = (await world.LookupAsync("/f")).Value.Node;

        Assert.Equal(FileSystemError.ReadOnly, (await world.Files.OpenAsync(node, OpenIntent.Read | OpenIntent.Write, Cancel)).Error);
        Assert.Equal(FileSystemError.ReadOnly, (await world.Files.OpenAsync(node, OpenIntent.Read | OpenIntent.Truncate, Cancel)).Error);
    }

    [Fact]
    public async Task A_cancelled_reader_is_interrupted_and_the_fetch_goes_on()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/f", FakeSource.Pattern(1000)));
        var handle = await world.OpenFileAsync("/f");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Source.Delay = _ => gate.Task;
        using var cancel = new CancellationTokenSource();
        var read = world.Files.ReadAsync(handle, 0, new byte[1000], cancel.Token).AsTask();

        await cancel.CancelAsync();
        Assert.Equal(FileSystemError.Interrupted, (await read).Error);
        gate.SetResult();

        await Eventually.TrueAsync(() => world.Store.Blocks.Count == 1);
    }

    [Fact]
    public async Task A_read_goes_on_after_the_release_of_its_handle()
    {
        await using var world = await TestWorld.StartAsync();
        var bytes = world.Source.Put("/f", FakeSource.Pattern(5000));
        var handle = await world.OpenFileAsync("/f");
        await world.ReadAsync(handle, 0, 1000);
        await Eventually.TrueAsync(() => world.Store.Blocks.Count == 1);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Source.Delay = _ => gate.Task;
        var read = world.ReadAsync(handle, 0, 5000);
        world.Files.Release(handle);
        gate.SetResult();

        Assert.Equal(bytes, await read);
        Assert.Equal(FileSystemError.BadHandle, (await world.Files.ReadAsync(handle, 0, new byte[1], Cancel)).Error);
        await Eventually.TrueAsync(() => world.Store.Leases == 0);
    }

    [Fact]
    public async Task The_end_interrupts_those_who_wait_and_gives_every_lease_back()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/f", FakeSource.Pattern(10_000)));
        var handle = await world.OpenFileAsync("/f");
        world.Source.Delay = token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        var read = world.Files.ReadAsync(handle, 0, new byte[10_000], Cancel).AsTask();

        await world.Engine.DisposeAsync();

        Assert.Equal(FileSystemError.Interrupted, (await read).Error);
        Assert.Equal(FileSystemError.Interrupted, (await world.Files.ReadAsync(handle, 0, new byte[10], Cancel)).Error);
        world.Files.Release(handle);
        Assert.Equal(0, world.Store.Leases);
    }

    [Fact]
    public async Task A_full_store_serves_from_memory()
    {
        await using var world = await TestWorld.StartAsync();
        world.Store.IsFull = true;
        var bytes = world.Source.Put("/f", FakeSource.Pattern(5000));
        var handle = await world.OpenFileAsync("/f");

        Assert.Equal(bytes, await world.ReadAsync(handle, 0, 5000));
        Assert.Equal(bytes, await world.ReadAsync(handle, 0, 5000));
    }

    [Fact]
    public async Task Damaged_blocks_are_fetched_again()
    {
        await using var world = await TestWorld.StartAsync();
        var bytes = world.Source.Put("/f", FakeSource.Pattern(5000));
        var handle = await world.OpenFileAsync("/f");
        await world.ReadAsync(handle, 0, 5000);
        await Eventually.TrueAsync(() => world.Store.Blocks.Count == 5);
        world.Store.IsDamaged = true;

        Assert.Equal(bytes, await world.ReadAsync(handle, 0, 5000));
        Assert.Equal(10_000, world.Source.Reads.Sum(read => read.Range.Length));
    }
}
