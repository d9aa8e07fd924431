using VirtualView.Core.FileSystem;
using VirtualView.Engine.Tests.World;
using VirtualView.Testing;

namespace VirtualView.Engine.Tests.FileSystem;

public sealed class LendingTests
{
    private const int SizeBytes = 20 << 20;

    private static CancellationToken Cancel => TestWorld.Cancel;

    [Fact]
    public async Task What_is_proven_is_lent_at_once()
    {
        await using var world = await StartAsync(unprovenBytes: 0);
        using var file = await world.Files.LendAsync(await world.OpenFileAsync("/f"), Cancel);
        Assert.NotNull(file);
    }

    [Fact]
    public async Task A_little_that_is_unproven_is_proved_by_the_open()
    {
        await using var world = await StartAsync(unprovenBytes: 4 << 20);
        using var file = await world.Files.LendAsync(await world.OpenFileAsync("/f"), Cancel);
        Assert.NotNull(file);
    }

    [Fact]
    public async Task The_smaller_part_is_proved_behind_the_open_for_the_next_one()
    {
        await using var world = await StartAsync(unprovenBytes: 5 << 20);
        var handle = await world.OpenFileAsync("/f");
        Assert.Null(await world.Files.LendAsync(handle, Cancel));
        await Eventually.TrueAsync(() => world.Store.UnprovenBytes == 0);
        using var file = await world.Files.LendAsync(handle, Cancel);
        Assert.NotNull(file);
        world.Files.Release(handle);
        await Eventually.TrueAsync(() => world.Store.Leases == 0); // nothing holds it behind our back
    }

    [Fact]
    public async Task A_file_of_which_little_was_read_is_not_read_as_a_whole_to_prove_it()
    {
        await using var world = await StartAsync(unprovenBytes: 11 << 20);
        var handle = await world.OpenFileAsync("/f");
        Assert.Null(await world.Files.LendAsync(handle, Cancel));
        world.Files.Release(handle);
        await Eventually.TrueAsync(() => world.Store.Leases == 0);
        Assert.Equal(11 << 20, world.Store.UnprovenBytes);
    }

    [Fact]
    public async Task A_handle_that_is_closed_lends_nothing()
    {
        await using var world = await StartAsync(unprovenBytes: 0);
        var handle = await world.OpenFileAsync("/f");
        world.Files.Release(handle);
        Assert.Null(await world.Files.LendAsync(handle, Cancel));
        Assert.Null(await world.Files.LendAsync(new HandleId(12345), Cancel));
    }

    private static async Task<TestWorld> StartAsync(long unprovenBytes)
    {
        var world = await TestWorld.StartAsync(source => source.Put("/f", new byte[SizeBytes]));
        world.Store.UnprovenBytes = unprovenBytes;
        return world;
    }
}
