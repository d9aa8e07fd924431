using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Engine.Status;
using VirtualView.Engine.Tests.World;
using VirtualView.Testing;

namespace VirtualView.Engine.Tests.Status;

public sealed class StatusReportTests
{
    [Fact]
    public async Task An_explanation_tells_what_came_from_where_and_what_is_cached()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/f", FakeSource.Pattern(2500)));
        var handle = await world.OpenFileAsync("/f");
        await world.ReadAsync(handle, 0, 500);
        await Eventually.TrueAsync(() => world.Store.Blocks.Count == 1);

        var explained = (await ExplainAsync(world, "/f")).Value;

        Assert.Equal([new ByteRange(0, 1000)], explained.Cached);
        Assert.Equal(1000, explained.FetchedBytes["one"]);
        Assert.Equal(500, explained.ServedBytes);
        Assert.Equal(2.0, explained.OverReadRatio);
        Assert.Equal(1, explained.OpenHandles);
        Assert.True(Assert.Single(explained.Replicas).IsUsed);
    }

    [Fact]
    public async Task A_source_that_fails_is_shown_with_its_reason()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/f", [1]));
        await world.LookupAsync("/f");
        world.Source.Failure = new SourceError(SourceErrorKind.Unreachable, "no route");
        await world.Engine.PollAsync(TestWorld.Cancel);

        var source = Assert.Single(world.Engine.Status().Sources);

        Assert.Equal((false, "no route"), (source.IsReachable, source.LastError));
        Assert.Contains("no route", (await ExplainAsync(world, "/f")).Value.Replicas[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Directories_are_explained_and_what_is_not_there_is_not()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/d/f", [1]));
        await world.LookupAsync("/d/f");

        Assert.Equal("Directory", (await ExplainAsync(world, "/d")).Value.Kind);
        Assert.Equal(FileSystemError.NotFound, (await ExplainAsync(world, "/d/none")).Error);
    }

    [Fact]
    public async Task A_link_is_shown_with_its_target_and_time()
    {
        await using var world = await TestWorld.StartAsync(source => source.PutLink("/to", @"a/b\xFF", seconds: 2000));
        await world.LookupAsync("/to");

        var explained = (await ExplainAsync(world, "/to")).Value;

        Assert.Equal(("Symlink", @"a/b\xFF", 4L), (explained.Kind, explained.Target, explained.SizeBytes));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(2000), explained.ModifiedAt);
    }

    [Theory]
    [InlineData("/d/up/f", "/f")]
    [InlineData("/d/up/d/up/d", "/d")]
    [InlineData("/d/again/f", "/f")]
    [InlineData("/d/up", "/d/up")]
    [InlineData("/d/out/f", null)]
    [InlineData("/d/above/f", null)]
    [InlineData("/d/round/f", null)]
    public async Task Links_on_the_way_are_followed_inside_the_view(string path, string? expected)
    {
        await using var world = await TestWorld.StartAsync(source =>
        {
            source.Put("/f", [1]);
            source.PutLink("/d/up", "..");
            source.PutLink("/d/again", "./up//d/up");
            source.PutLink("/d/out", "/etc");
            source.PutLink("/d/above", "../..");
            source.PutLink("/d/round", "round");
        });
        await world.LookupAsync("/d/up");

        var explained = await ExplainAsync(world, path);

        Assert.Equal(expected, explained.IsOk ? explained.Value.Path : null);
    }

    private static ValueTask<Outcome<Explanation>> ExplainAsync(TestWorld world, string path) =>
        world.Engine.ExplainAsync(VirtualPath.Parse(path), TestWorld.Cancel);
}
