using VirtualView.Core.Blocks;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Versions;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.CacheControl;

public sealed class PinTests
{
    private static CancellationToken Cancel => TestWorld.Cancel;

    [Fact]
    public async Task A_pin_holds_for_what_comes_later_and_over_restarts()
    {
        await using var world = await TestWorld.StartAsync(PrefetchTests.Fill);
        var report = await world.Engine.Cache.PinAsync(PrefetchTests.Paths("/100K"), Cancel);
        Assert.Equal((1, 0), (report.Pins.Length, report.Files)); // nothing is listed yet
        _ = await world.LookupAsync("/100K/f1.h5");
        Assert.Equal(2, world.Engine.Cache.Pins().Files);
        var version = Version(world, "/100K/f1.h5");
        Assert.True(world.Store.IsPinned(version));

        world.Store.Unpin(version); // as a new process begins
        await world.RestartAsync();
        Assert.True(world.Store.IsPinned(version));
    }

    [Fact]
    public async Task A_new_version_of_a_pinned_path_is_pinned_in_place_of_the_old_one()
    {
        await using var world = await TestWorld.StartAsync(PrefetchTests.Fill);
        await world.Engine.Cache.PinAsync(PrefetchTests.Paths("/**/*.h5"), Cancel);
        _ = await world.LookupAsync("/100K/f1.h5");
        var before = Version(world, "/100K/f1.h5");
        world.Source.Put("/100K/f1.h5", FakeSource.Pattern(999), seconds: 2000);
        await world.Engine.PollAsync(Cancel);
        var after = Version(world, "/100K/f1.h5");
        Assert.NotEqual(before, after);
        Assert.Equal((false, true), (world.Store.IsPinned(before), world.Store.IsPinned(after)));
    }

    [Fact]
    public async Task What_goes_is_not_pinned_any_more()
    {
        await using var world = await TestWorld.StartAsync(PrefetchTests.Fill);
        await world.Engine.Cache.PinAsync(PrefetchTests.Paths("/100K"), Cancel);
        _ = await world.LookupAsync("/100K/f2.h5");
        var version = Version(world, "/100K/f2.h5");
        world.Source.Remove("/100K/f2.h5");
        await world.Engine.PollAsync(Cancel);
        Assert.False(world.Store.IsPinned(version));
        Assert.Equal(1, world.Engine.Cache.Pins().Files);
    }

    [Fact]
    public async Task Unpin_takes_back_what_lies_at_and_below_a_path_and_says_what_is_not_its_to_take()
    {
        await using var world = await TestWorld.StartAsync(PrefetchTests.Fill);
        _ = await world.LookupAsync("/100K/f1.h5");
        await world.Engine.Cache.PinAsync(PrefetchTests.Paths("/100K/f1.h5", "/200K"), Cancel);
        var refused = await world.Engine.Cache.UnpinAsync(PrefetchTests.Paths("/200K/f3.h5", "/none"), Cancel);
        Assert.Equal(["it is pinned by /200K: unpin that", "it is not pinned"], refused.Problems.Select(problem => problem.Message));
        var done = await world.Engine.Cache.UnpinAsync(PrefetchTests.Paths("/100K"), Cancel);
        Assert.Equal((1, "/200K"), (done.Changed, Assert.Single(done.Pins).Path));
        Assert.False(world.Store.IsPinned(Version(world, "/100K/f1.h5")));
        Assert.Equal("/200K", Assert.Single(world.State.Pins).Path);
    }

    [Fact]
    public async Task Policies_pin_as_rules_do_and_can_be_exchanged_while_it_runs()
    {
        await using var world = await TestWorld.StartAsync(PrefetchTests.Fill);
        _ = await world.LookupAsync("/100K/f1.h5");
        var (f1, f2) = (Version(world, "/100K/f1.h5"), Version(world, "/100K/f2.h5"));
        world.Engine.Cache.UsePolicies([Glob("**/f1.h5")]);
        Assert.Equal((true, false), (world.Store.IsPinned(f1), world.Store.IsPinned(f2)));
        world.Engine.Cache.UsePolicies([Glob("**/f2.h5")]);
        Assert.Equal((false, true), (world.Store.IsPinned(f1), world.Store.IsPinned(f2)));
        Assert.Contains("Cache.Policies", Assert.Single((await world.Engine.Cache.UnpinAsync(PrefetchTests.Paths("/100K/f2.h5"), Cancel)).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_whose_name_looks_like_a_glob_is_meant_alone()
    {
        await using var world = await TestWorld.StartAsync(source =>
        {
            source.Put("/f*", [1]);
            source.Put("/f1", [1, 2]);
        });
        _ = await world.LookupAsync("/f1");
        await world.Engine.Cache.PinAsync(PrefetchTests.Paths("/f*"), Cancel);
        Assert.Equal(1, world.Engine.Cache.Pins().Files);
        Assert.False(world.Store.IsPinned(Version(world, "/f1")));
    }

    [Fact]
    public async Task Eviction_drops_what_is_cached_but_not_what_is_pinned()
    {
        await using var world = await TestWorld.StartAsync(PrefetchTests.Fill);
        await world.Engine.Cache.PrefetchAsync(PrefetchTests.Paths("/"), null, Cancel);
        await world.Engine.Cache.PinAsync(PrefetchTests.Paths("/200K"), Cancel);
        var report = await world.Engine.Cache.EvictAsync(PrefetchTests.Paths("/"), null, Cancel);
        Assert.Equal((4L, 12_501L), (report.Files, report.BytesFreed));
        Assert.Equal("/200K/f3.h5", Assert.Single(report.Problems).Path);
        Assert.Equal(300, world.Store.Status().UsedBytes);
    }

    [Fact]
    public async Task Damaged_blocks_are_named_by_path_and_repaired_by_a_new_fetch()
    {
        await using var world = await TestWorld.StartAsync(PrefetchTests.Fill);
        await world.Engine.Cache.PrefetchAsync(PrefetchTests.Paths("/"), null, Cancel);
        var gone = new VersionId(0);
        world.Store.Damage = [new DamagedBlock(Version(world, "/100K/f1.h5"), 10), new DamagedBlock(gone, 0)];

        var found = await world.Engine.Cache.VerifyAsync(repair: false, null, Cancel);
        Assert.Equal((2L, false, 0L), (found.Damaged, found.IsClean, found.Refetched));
        Assert.Equal(("/100K/f1.h5", 10_000L, "damaged"), (found.Damage[0].Path, found.Damage[0].Offset, found.Damage[0].State));
        var mended = await world.Engine.Cache.VerifyAsync(repair: true, null, Cancel);
        Assert.Equal((1L, "refetched", null, "dropped"), (mended.Refetched, mended.Damage[0].State, mended.Damage[1].Path, mended.Damage[1].State));
        Assert.Equal(12_801 + 500, world.Source.Reads.Sum(read => read.Range.Length));
    }

    private static VersionId Version(TestWorld world, string path) =>
        ((FileNode)world.Engine.Current.Find(VirtualPath.Parse(path))!).Version!.Id;

    private static PathGlob Glob(string text) => PathGlob.TryParse(text, out var glob) ? glob : throw new ArgumentException(text);
}
