using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Simulation.Remote;

namespace VirtualView.Simulation.Tests.Remote;

public sealed class SimulatedSourceTests
{
    [Fact]
    public void A_read_gives_the_bytes_of_the_content_and_what_proves_them()
    {
        var world = new RemoteWorld(hasTags: true);
        world.Scheduler.Run(async () =>
        {
            var (outcome, bytes) = await world.ReadAsync(world.Shown);
            Assert.Equal(world.Shown, outcome.Value);
            Assert.True(world.Store.Find(RemoteWorld.Path)!.Content.Matches(0, bytes));
            Assert.DoesNotContain((byte)0, bytes);
        });
    }

    [Fact]
    public void A_validator_is_racy_within_the_step_of_the_clock_and_a_rewrite_then_keeps_it()
    {
        var world = new RemoteWorld(hasTags: false);
        world.Scheduler.Run(async () =>
        {
            world.Store.Write(RemoteWorld.Path, 500);
            var first = world.Shown;
            Assert.Equal(ValidatorStrength.Racy, first.Strength);
            await world.PassAsync(0.5);
            world.Store.Write(RemoteWorld.Path, 500);
            Assert.Equal(first, world.Shown);
            await world.PassAsync(0.5);
            Assert.Equal(first with { Strength = ValidatorStrength.Weak }, world.Shown);
            world.Store.Write(RemoteWorld.Path, 500);
            Assert.False(first.Agrees(world.Shown));
        });
    }

    [Fact]
    public void Bytes_that_were_delivered_before_a_change_are_of_the_expected_version()
    {
        var changed = 0;
        for (var seed = 1UL; seed <= 40; seed++)
        {
            var world = new RemoteWorld(hasTags: true, seed: seed);
            world.Scheduler.Run(async () =>
            {
                var content = world.Store.Find(RemoteWorld.Path)!.Content;
                var reading = world.ReadAsync(world.Shown);
                await world.PassAsync(0.02);
                world.Store.Write(RemoteWorld.Path, 10_000);
                var (outcome, bytes) = await reading;
                Assert.True(content.Matches(0, bytes));
                if (outcome.Error is null) return;
                Assert.Equal(SourceErrorKind.Changed, outcome.Error.Kind);
                changed++;
            });
        }

        Assert.InRange(changed, 1, 39);
    }

    [Theory]
    [InlineData(RemoteFaults.Unreachable, SourceErrorKind.Unreachable)]
    [InlineData(RemoteFaults.Unmounted, SourceErrorKind.NotFound)]
    public void A_fault_is_an_answer(RemoteFaults fault, SourceErrorKind kind)
    {
        var world = new RemoteWorld(hasTags: true);
        world.Scheduler.Run(async () =>
        {
            world.Store.Set(fault);
            Assert.Equal(kind, (await world.ReadAsync(world.Shown)).Outcome.Error!.Kind);
            Assert.Equal(kind, (await world.Source.StatAsync(RemoteWorld.Path, CancellationToken.None)).Error!.Kind);
            var root = await world.Source.ListAsync(VirtualPath.Root, CancellationToken.None);
            Assert.Equal(fault == RemoteFaults.Unmounted, root is { IsOk: true, Value.Count: 0 });
        });
    }

    [Fact]
    public void A_hanging_source_answers_nothing_until_it_is_cancelled()
    {
        var world = new RemoteWorld(hasTags: true);
        world.Scheduler.Run(async () =>
        {
            world.Store.Set(RemoteFaults.Hanging);
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1), world.Scheduler.Clock);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await world.Source.StatAsync(RemoteWorld.Path, patience.Token));
            Assert.Equal(TimeSpan.FromMinutes(1), world.Scheduler.Clock.GetElapsedTime(0));
        });
    }

    [Theory]
    [InlineData(ListingDetail.Full, true, true)]
    [InlineData(ListingDetail.WithoutTags, true, false)]
    [InlineData(ListingDetail.NamesOnly, false, false)]
    public void A_listing_tells_what_its_kind_tells(ListingDetail detail, bool hasSize, bool hasTag)
    {
        var world = new RemoteWorld(hasTags: true, detail);
        world.Scheduler.Run(async () =>
        {
            var listing = await world.Source.ListAsync(RemoteWorld.Path.Parent, CancellationToken.None);
            var entry = Assert.Single(listing.Value);
            Assert.Equal(hasSize, entry.Validator is not null);
            Assert.Equal(hasTag, entry.Validator?.Tag is not null);
        });
    }

    [Fact]
    public void A_rename_that_would_restore_an_aged_size_and_time_with_other_content_is_not_made()
    {
        var world = new RemoteWorld(hasTags: false);
        var other = VirtualPath.Parse("/d/g");
        world.Store.WriteAged(other, 10_000, TimeSpan.FromSeconds(100));
        var content = world.Store.Find(RemoteWorld.Path)!.Content;
        world.Store.Rename(other, RemoteWorld.Path);
        Assert.Same(content, world.Store.Find(RemoteWorld.Path)!.Content);
    }
}
