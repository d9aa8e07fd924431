using VirtualView.Core.Versions;
using VirtualView.Simulation.History;
using VirtualView.Simulation.Remote;
using VirtualView.Simulation.Runs;

namespace VirtualView.Simulation.Tests.Runs;

/// <summary>An old version at an open is excused only while nothing but a tag that no listing gives could have told.</summary>
public sealed class FreshnessTests
{
    private readonly List<Violation> _violations = [];

    [Theory]
    [InlineData(true, ListingDetail.WithoutTags, 0.0, true)]
    [InlineData(true, ListingDetail.WithoutTags, 2.0, false)]
    [InlineData(true, ListingDetail.Full, 0.0, false)]
    [InlineData(true, ListingDetail.NamesOnly, 0.0, false)]
    [InlineData(false, ListingDetail.WithoutTags, 2.0, false)]
    public void Only_what_size_and_time_do_not_tell_is_excused(bool hasTags, ListingDetail listing, double secondsBetween, bool isExcused)
    {
        var small = new SmallWorld(hasTags, listing);
        small.Scheduler.Run(async () =>
        {
            var freshness = new Freshness(small.World, small.Scheduler.Clock, _violations);
            var old = await RewriteAsync(small, secondsBetween);
            freshness.Check(SmallWorld.OfFirst, old);
            Assert.Equal(isExcused, _violations.Count == 0);
        });
    }

    [Fact]
    public void What_a_read_found_out_is_excused_no_longer()
    {
        var small = new SmallWorld(hasTags: true, ListingDetail.WithoutTags);
        small.Scheduler.Run(async () =>
        {
            var freshness = new Freshness(small.World, small.Scheduler.Clock, _violations);
            var old = await RewriteAsync(small, 0);
            freshness.FoundStale(SmallWorld.OfFirst, old);
            freshness.Check(SmallWorld.OfFirst, old);
            Assert.Empty(_violations);
            await small.PassAsync(60);
            freshness.Check(SmallWorld.OfFirst, old);
            Assert.Equal("close to open", Assert.Single(_violations).Rule);
        });
    }

    [Fact]
    public void Of_a_first_read_in_the_calm_only_the_one_that_meets_such_a_tag_may_be_stale()
    {
        var small = new SmallWorld(hasTags: true, ListingDetail.WithoutTags);
        small.Scheduler.Run(async () =>
        {
            await RewriteAsync(small, 0);
            Assert.True(small.World.OnlyItsTagTells(SmallWorld.OfFirst));
            Assert.False(small.World.OnlyItsTagTells(SmallWorld.OfSecond));
            await RewriteAsync(small, 2);
            Assert.False(small.World.OnlyItsTagTells(SmallWorld.OfFirst));
        });
    }

    [Fact]
    public void What_was_deleted_may_be_held_back_until_something_else_has_been_in_its_place_for_long()
    {
        var small = new SmallWorld();
        small.Scheduler.Run(async () =>
        {
            var freshness = new Freshness(small.World, small.Scheduler.Clock, _violations);
            var old = VersionId.Derive(small.First.Id, SmallWorld.OfFirst, small.First.Show(small.First.Find(SmallWorld.OfFirst)!));
            small.First.Delete(SmallWorld.OfFirst);
            await small.PassAsync(3600);
            small.First.Write(SmallWorld.OfFirst, 9);
            freshness.Check(SmallWorld.OfFirst, old);
            Assert.Empty(_violations);
            await small.PassAsync(15);
            small.First.Write(SmallWorld.OfFirst, 10); // rewritten again and again, it is no younger
            await small.PassAsync(15);
            freshness.Check(SmallWorld.OfFirst, old);
            Assert.Equal("close to open", Assert.Single(_violations).Rule);
        });
    }

    /// <summary>Writes the file twice, with the same size, and lets an hour pass. Returns the name of the first.</summary>
    private static async Task<VersionId> RewriteAsync(SmallWorld small, double secondsBetween)
    {
        small.First.Write(SmallWorld.OfFirst, 700);
        var old = VersionId.Derive(small.First.Id, SmallWorld.OfFirst, small.First.Show(small.First.Find(SmallWorld.OfFirst)!));
        await small.PassAsync(secondsBetween);
        small.First.Write(SmallWorld.OfFirst, 700);
        await small.PassAsync(3600);
        return old;
    }
}
