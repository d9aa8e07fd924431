using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Options;
using VirtualView.Engine.Sources;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Sources;

/// <summary>Sources that ask to be left alone for a while.</summary>
public sealed class ThrottleTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task Who_only_asks_waits_for_a_short_pause_and_asks_once_more()
    {
        var (clock, source) = (new FakeTimeProvider(), new FakeSource("one"));
        var metered = new MeteredSource(source, TestWorld.FetchTimeout, 1 << 20, clock, NullLogger.Instance);
        source.PutDirectory("/a");
        source.Stat = (_, _) => Task.FromResult(source.Stats == 1 ? Busy(10) : null);
        var startedAt = clock.GetTimestamp();

        Assert.True((await TestWorld.EndAsync(clock, metered.StatAsync(VirtualPath.Parse("/a"), TestWorld.Cancel).AsTask(), Step)).IsOk);

        Assert.True(clock.GetElapsedTime(startedAt) >= TimeSpan.FromSeconds(10));
        Assert.Equal(2, source.Stats);
    }

    [Fact]
    public async Task A_long_pause_is_kept_without_a_question_and_not_for_ever()
    {
        var (clock, source) = (new FakeTimeProvider(), new FakeSource("one"));
        var metered = new MeteredSource(source, TestWorld.FetchTimeout, 1 << 20, clock, NullLogger.Instance);
        source.Failure = Busy(86_400);
        Assert.Equal(Throttle.Longest, (await metered.StatAsync(VirtualPath.Root, TestWorld.Cancel)).Error!.RetryAfter);

        clock.Advance(Throttle.Longest - TestWorld.FetchTimeout - TimeSpan.FromSeconds(1));
        Assert.Equal(SourceErrorKind.Throttled, (await metered.ListAsync(VirtualPath.Root, TestWorld.Cancel)).Error!.Kind);
        Assert.Equal(1, source.Calls);

        source.Failure = null;
        clock.Advance(TestWorld.FetchTimeout + TimeSpan.FromSeconds(1));
        Assert.True((await metered.ListAsync(VirtualPath.Root, TestWorld.Cancel)).IsOk);
    }

    [Fact]
    public async Task A_read_waits_as_long_as_the_source_asked_for_and_does_not_ask_meanwhile()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/f", FakeSource.Pattern(1000)));
        var handle = await world.OpenFileAsync("/f");
        world.Source.Failure = Busy(10);
        var startedAt = world.Clock.GetTimestamp();
        world.Source.Delay = _ =>
        {
            if (world.Clock.GetElapsedTime(startedAt) >= TimeSpan.FromSeconds(10)) world.Source.Failure = null;
            return Task.CompletedTask;
        };

        Assert.Equal(FakeSource.Pattern(1000), await world.EndAsync(world.ReadAsync(handle, 0, 1000), Step));

        Assert.True(world.Clock.GetElapsedTime(startedAt) >= TimeSpan.FromSeconds(10));
        Assert.Equal(2, world.Source.Reads.Count);
    }

    [Fact]
    public async Task A_read_that_cannot_wait_so_long_is_told_at_once()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/f", FakeSource.Pattern(1000)));
        var handle = await world.OpenFileAsync("/f");
        world.Source.Failure = Busy(120);

        var read = await world.Files.ReadAsync(handle, 0, new byte[1000], TestWorld.Cancel);

        Assert.Equal(FileSystemError.Unreachable, read.Error);
        Assert.Single(world.Source.Reads);
    }

    [Fact]
    public async Task Another_replica_is_read_meanwhile()
    {
        await using var world = new TestWorld();
        var (busy, other) = (new FakeSource("busy"), new FakeSource("other"));
        foreach (var source in new[] { busy, other })
            source.Put("/f", FakeSource.Pattern(8000));
        await world.OpenAsync([busy, other], [new MappingOptions { At = VirtualPath.Root, Sources = [busy.Id, other.Id], Same = SameRule.SizeAndTime }]);
        var handle = await world.OpenFileAsync("/f");
        busy.Failure = Busy(120);

        Assert.Equal(FakeSource.Pattern(8000), await world.ReadAsync(handle, 0, 8000));
        Assert.InRange(busy.Reads.Count, 0, 2);
        var tries = busy.Reads.Count;
        Assert.True(other.Reads.Count >= 2);
        Assert.Equal(tries, busy.Reads.Count);
    }

    [Fact]
    public void Listings_of_one_source_share_its_rate()
    {
        var clock = new FakeTimeProvider();
        var rate = new ListingRate(clock);
        Assert.Equal(TimeSpan.FromSeconds(1), rate.Take(10, perSecond: 10));
        Assert.Equal(TimeSpan.FromSeconds(2), rate.Take(10, perSecond: 10));
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(TimeSpan.FromSeconds(1), rate.Take(10, perSecond: 10));
    }

    private static SourceError Busy(int seconds) => new(SourceErrorKind.Throttled, "429", TimeSpan.FromSeconds(seconds));
}
