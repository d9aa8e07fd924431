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

    private static ValueTask<Outcome<Explanation>> ExplainAsync(TestWorld world, string path) =>
        world.Engine.ExplainAsync(VirtualPath.Parse(path), TestWorld.Cancel);
}
