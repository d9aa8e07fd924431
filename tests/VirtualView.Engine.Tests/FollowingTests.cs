using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests;

/// <summary>How the tree follows its sources.</summary>
public sealed class FollowingTests
{
    private static CancellationToken Cancel => TestWorld.Cancel;

    [Fact]
    public async Task An_unreachable_source_keeps_its_listing()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/a/f", FakeSource.Pattern(10)));
        await world.LookupAsync("/a/f");
        world.Source.Failure = new SourceError(SourceErrorKind.Unreachable, "down");

        await world.Engine.PollAsync(Cancel);

        Assert.True((await world.LookupAsync("/a/f")).IsOk);
    }

    [Fact]
    public async Task A_file_that_becomes_a_directory_is_one_and_the_other_way_round()
    {
        await using var world = await TestWorld.StartAsync();
        world.Source.Put("/x", [1, 2]);
        world.Source.Put("/y/f", [3]);
        var file = (await world.LookupAsync("/x")).Value;
        await world.LookupAsync("/y/f");
        world.Source.Remove("/x");
        world.Source.Remove("/y");
        world.Source.Put("/x/f", [4]);
        world.Source.Put("/y", [5]);

        await world.Engine.PollAsync(Cancel);

        Assert.True((await world.LookupAsync("/x/f")).IsOk);
        Assert.Equal(EntryKind.File, (await world.LookupAsync("/y")).Value.Kind);
        Assert.Equal(FileSystemError.Stale, (await world.Files.OpenAsync(file.Node, OpenIntent.Read, Cancel)).Error);
    }

    [Fact]
    public async Task A_directory_that_vanished_and_came_back_is_another_node()
    {
        await using var world = await TestWorld.StartAsync();
        world.Source.Put("/other", [0]);
        world.Source.Put("/d/f", [1]);
        var before = (await world.LookupAsync("/d")).Value.Node;
        await world.LookupAsync("/d/f");
        world.Source.Remove("/d");
        await world.Engine.PollAsync(Cancel);
        Assert.Equal(FileSystemError.NotFound, (await world.LookupAsync("/d")).Error);
        world.Source.Put("/d/f", [2], seconds: 3000);
        await world.Engine.PollAsync(Cancel);

        Assert.NotEqual(before, (await world.LookupAsync("/d")).Value.Node);
        Assert.Equal(FileSystemError.Stale, (await world.Files.LookupAsync(before, PathName.Of("f"), Cancel)).Error);
        Assert.True((await world.LookupAsync("/d/f")).IsOk);
    }

    [Fact]
    public async Task An_export_that_is_not_mounted_takes_nothing_from_the_view_of_two_sources()
    {
        var (one, two) = (new FakeSource("one"), new FakeSource("two"));
        one.Put("/a/of-one", [1]);
        one.Put("/a/below/f", [1]);
        two.Put("/a/of-two", [2]);
        await using var world = new TestWorld();
        await world.OpenAsync([one, two]);
        foreach (var path in new[] { "/a/of-one", "/a/of-two", "/a/below/f" }) Assert.True((await world.LookupAsync(path)).IsOk);
        var known = world.Engine.Current;

        one.IsUnmounted = true;
        await world.Engine.PollAsync(Cancel);

        Assert.Same(known.Root, world.Engine.Current.Root);
        Assert.NotNull(world.Engine.Status().Sources.Single(source => source.Name == "one").LastError);
        one.IsUnmounted = false;
        await world.Engine.PollAsync(Cancel);
        Assert.Null(world.Engine.Status().Sources.Single(source => source.Name == "one").LastError);
    }

    [Fact]
    public async Task An_empty_source_beside_another_is_no_cause_for_doubt_and_is_not_asked_twice()
    {
        var (empty, full) = (new FakeSource("empty"), new FakeSource("full"));
        for (var at = 0; at < 5; at++) full.PutDirectory($"/d{at}");
        await using var world = new TestWorld();
        await world.OpenAsync([empty, full]);
        await world.LookupAsync("/d1");
        await world.Engine.PollAsync(Cancel);
        var calls = empty.Calls;

        await world.Engine.PollAsync(Cancel);

        Assert.Equal(calls + 1, empty.Calls);
        Assert.Null(world.Engine.Status().Sources.Single(source => source.Name == "empty").LastError);
    }

    [Fact]
    public async Task A_listing_of_names_is_completed_by_the_first_lookup_and_followed_by_the_poll()
    {
        await using var world = await TestWorld.StartAsync();
        world.Source.Put("/f", new FakeFile([1, 2], null, FakeSource.Weak(2, 1000)));
        var before = (await world.LookupAsync("/f")).Value;
        Assert.Equal(2, before.SizeBytes);
        Assert.Equal(UnixTime.FromSeconds(1000), before.ModifiedAt);
        await world.LookupAsync("/f");
        Assert.Equal(1, world.Source.Stats);

        world.Source.Put("/f", new FakeFile([1, 2, 3], null, FakeSource.Weak(3, 2000)));
        await world.Engine.PollAsync(Cancel);

        Assert.Equal(3, (await world.LookupAsync("/f")).Value.SizeBytes);
    }

    [Fact]
    public async Task Mappings_stand_in_directories_that_only_lead_to_them()
    {
        await using var world = new TestWorld();
        world.Source.Put("/f", [1]);
        await world.OpenAsync(mappings: [TestWorld.Mapping("/x/y", world.Source)]);

        Assert.True((await world.LookupAsync("/x/y/f")).IsOk);
        Assert.Equal(FileSystemError.NotFound, (await world.LookupAsync("/x/f")).Error);
        await world.Engine.PollAsync(Cancel);
        Assert.True((await world.LookupAsync("/x/y/f")).IsOk);
    }
}
