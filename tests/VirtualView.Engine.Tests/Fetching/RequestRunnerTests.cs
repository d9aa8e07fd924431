using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Options;
using VirtualView.Engine.Tests.World;
using VirtualView.Testing;

namespace VirtualView.Engine.Tests.Fetching;

/// <summary>Requests as a reader sees them.</summary>
public sealed class RequestRunnerTests
{
    private static CancellationToken Cancel => TestWorld.Cancel;

    [Fact]
    public async Task A_request_that_breaks_goes_on_at_the_block_where_it_broke()
    {
        await using var world = await TestWorld.StartAsync();
        var bytes = world.Source.Put("/f", FakeSource.Pattern(4000));
        var handle = await world.OpenFileAsync("/f");
        world.Source.BreakAfterBytes = 1500;

        Assert.Equal(bytes, await world.EndAsync(world.ReadAsync(handle, 0, 4000), TimeSpan.FromMilliseconds(20)));
        Assert.Equal([0L, 1000, 2000, 3000], world.Source.Reads.Select(read => read.Range.Offset));
    }

    [Fact]
    public async Task Another_replica_takes_over_where_one_breaks()
    {
        var (one, two) = (new FakeSource("one"), new FakeSource("two"));
        var bytes = one.Put("/f", FakeSource.Pattern(4000));
        two.Put("/f", bytes);
        await using var world = await TrustingAsync(one, two);
        var handle = await world.OpenFileAsync("/f");
        one.BreakAfterBytes = 2500;

        Assert.Equal(bytes, await world.ReadAsync(handle, 0, 4000));
        Assert.Equal(2000, two.Reads.Single().Range.Offset);
    }

    [Fact]
    public async Task A_replica_that_changed_is_left_for_another_of_the_same_version()
    {
        var (one, two) = (new FakeSource("one"), new FakeSource("two"));
        var bytes = one.Put("/f", FakeSource.Pattern(4000));
        two.Put("/f", bytes);
        await using var world = await TrustingAsync(one, two);
        var handle = await world.OpenFileAsync("/f");
        one.Put("/f", FakeSource.Pattern(4000, seed: 2), seconds: 2000);

        Assert.Equal(bytes[..2000], await world.ReadAsync(handle, 0, 2000));
        Assert.Equal(bytes[2000..], await world.ReadAsync(handle, 2000, 2000));
        Assert.Single(one.Reads);
        two.Put("/f", FakeSource.Pattern(4000, seed: 2), seconds: 2000);
        // Readers are answered before their blocks are stored: what is still on its way would come back.
        await Eventually.TrueAsync(() => world.Store.Blocks.Count == 4);
        world.Store.Blocks.Clear();
        Assert.Equal(FileSystemError.Stale, (await world.Files.ReadAsync(handle, 0, new byte[10], Cancel)).Error);
    }

    [Fact]
    public async Task A_source_that_asks_for_patience_is_tried_again_with_growing_pauses_and_given_up_in_time()
    {
        await using var world = await TestWorld.StartAsync();
        world.Source.Put("/f", FakeSource.Pattern(1000));
        var handle = await world.OpenFileAsync("/f");
        world.Source.Failure = new SourceError(SourceErrorKind.Throttled, "later");
        var startedAt = world.Clock.GetTimestamp();

        var outcome = await world.EndAsync(world.Files.ReadAsync(handle, 0, new byte[1000], Cancel).AsTask(), TimeSpan.FromMilliseconds(50));

        Assert.Equal(FileSystemError.Unreachable, outcome.Error);
        Assert.InRange(world.Clock.GetElapsedTime(startedAt), TestWorld.FetchTimeout, (2 * TestWorld.FetchTimeout) + TimeSpan.FromSeconds(5));
        Assert.InRange(world.Source.Reads.Count, 5, 20);
        Assert.Equal(1, world.Engine.Status().FailedFetches);
    }

    [Fact]
    public async Task A_source_that_comes_back_is_read_as_if_nothing_had_been()
    {
        await using var world = await TestWorld.StartAsync();
        var bytes = world.Source.Put("/f", FakeSource.Pattern(1000));
        var handle = await world.OpenFileAsync("/f");
        world.Source.Failure = new SourceError(SourceErrorKind.Throttled, "later");
        var read = world.ReadAsync(handle, 0, 1000);
        await Eventually.TrueAsync(() => world.Source.Reads.Count > 0);
        world.Source.Failure = null;

        Assert.Equal(bytes, await world.EndAsync(read, TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public async Task What_a_source_refuses_is_not_asked_for_again()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/f", [1]));
        var handle = await world.OpenFileAsync("/f");
        world.Source.Failure = new SourceError(SourceErrorKind.Denied, "no");

        Assert.Equal(FileSystemError.AccessDenied, (await world.Files.ReadAsync(handle, 0, new byte[1], Cancel)).Error);
        Assert.Single(world.Source.Reads);
    }

    [Fact]
    public async Task A_defect_of_a_source_is_told_as_such_and_leaves_nothing_behind()
    {
        await using var world = await TestWorld.StartAsync();
        var bytes = world.Source.Put("/f", FakeSource.Pattern(1000));
        var handle = await world.OpenFileAsync("/f");
        world.Source.Delay = _ => throw new InvalidOperationException("a defect");
        Assert.Equal(FileSystemError.Internal, (await world.Files.ReadAsync(handle, 0, new byte[1000], Cancel)).Error);
        world.Source.Delay = _ => Task.CompletedTask;

        Assert.Equal(bytes, await world.ReadAsync(handle, 0, 1000));
        world.Files.Release(handle);
        await Eventually.TrueAsync(() => world.Store.Leases == 0);
    }

    private static async Task<TestWorld> TrustingAsync(params FakeSource[] sources)
    {
        var world = new TestWorld();
        await world.OpenAsync(sources, [new MappingOptions { At = VirtualPath.Root, Sources = [.. sources.Select(source => source.Id)], Same = SameRule.SizeAndTime }]);
        return world;
    }
}
