using VirtualView.Core.Paths;
using VirtualView.Simulation.Remote;
using VirtualView.Simulation.Runs;

namespace VirtualView.Simulation.Tests.Runs;

/// <summary>What may be called absent once deletions were accepted: what an unmounted export lacks, and nothing more.</summary>
public sealed class PresenceTests
{
    private readonly SmallWorld _small = new();
    private readonly Presence _presence;

    public PresenceTests()
    {
        _presence = new Presence(_small.World, _small.Scheduler.Clock);
        _presence.Update();
        See(SmallWorld.OfFirst, _small.First);
        See(SmallWorld.OfSecond, _small.World.Stores[1]);
    }

    [Fact]
    public void What_its_source_shows_must_be_there_whatever_was_accepted() => _small.Scheduler.Run(async () =>
    {
        await _small.PassAsync(1);
        _presence.Accept();
        Assert.True(_presence.MustBeThere(SmallWorld.OfFirst, _small.Now));
    });

    [Theory]
    [InlineData(RemoteFaults.Unreachable)]
    [InlineData(RemoteFaults.Hanging)]
    [InlineData(RemoteFaults.FailingListings)]
    public void What_a_source_in_trouble_has_cannot_be_accepted_as_deleted(RemoteFaults fault) => _small.Scheduler.Run(async () =>
    {
        _small.First.Set(fault);
        await _small.PassAsync(1);
        _presence.Accept();
        Assert.True(_presence.MustBeThere(SmallWorld.OfFirst, _small.Now));
    });

    [Fact]
    public void What_an_unmounted_export_lacks_can_be_accepted_and_counts_again_once_it_is_seen_again() => _small.Scheduler.Run(async () =>
    {
        _small.First.Set(RemoteFaults.Unmounted);
        await _small.PassAsync(1);
        _presence.Accept();
        Assert.False(_presence.MustBeThere(SmallWorld.OfFirst, _small.Now));
        Assert.True(_presence.MustBeThere(SmallWorld.OfSecond, _small.Now));

        _small.First.Set(RemoteFaults.None);
        await _small.PassAsync(1);
        See(SmallWorld.OfFirst, _small.First);
        Assert.True(_presence.MustBeThere(SmallWorld.OfFirst, _small.Now));
    });

    [Fact]
    public void What_was_unmounted_in_the_same_moment_nobody_can_have_meant()
    {
        _small.First.Set(RemoteFaults.Unmounted);
        _presence.Accept();
        _small.First.Set(RemoteFaults.None);
        Assert.True(_presence.MustBeThere(SmallWorld.OfFirst, _small.Now));
    }

    [Fact]
    public void A_copy_that_is_shown_although_it_went_says_nothing_of_another_one()
    {
        var went = _small.First.Find(SmallWorld.OfFirst)!;
        _small.World.Stores[1].Write(SmallWorld.OfFirst, 77);
        _presence.Update();
        _small.First.Delete(SmallWorld.OfFirst);
        _presence.Update();
        _presence.Saw(SmallWorld.OfFirst, _small.Now, went.Content.SizeBytes, went.ModifiedAt);
        Assert.False(_presence.MustBeThere(SmallWorld.OfFirst, _small.Now));
        See(SmallWorld.OfFirst, _small.World.Stores[1]);
        Assert.True(_presence.MustBeThere(SmallWorld.OfFirst, _small.Now));
    }

    private void See(VirtualPath path, RemoteStore at)
    {
        var file = at.Find(path)!;
        _presence.Saw(path, _small.Now, file.Content.SizeBytes, file.ModifiedAt);
    }
}
