using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Polling.Deletions;

/// <summary>What a poll does not believe, as who uses the view sees it.</summary>
public sealed class HeldBackTests
{
    private static readonly SourceError Down = new(SourceErrorKind.Unreachable, "down");

    private static CancellationToken Cancel => TestWorld.Cancel;

    [Fact]
    public async Task More_than_a_fifth_stays_in_the_view_and_is_reported_and_logged_once()
    {
        await using var world = await WithDirectoriesAsync(10, 10);
        var before = world.Engine.Current;
        for (var at = 0; at < 3; at++) Empty(world.Source, at, 10);

        var report = await world.Engine.PollAsync(acceptDeletions: false, Cancel);
        await world.Engine.PollAsync(Cancel);

        Assert.Same(before.Root, world.Engine.Current.Root);
        var held = Assert.Single(world.Engine.Status().HeldBack);
        Assert.Equivalent(held, Assert.Single(report.HeldBack));
        Assert.Equal((30, 100, "one", "/d0/f0", false), (held.Missing, held.Known, held.Source, held.Paths[0], held.IsRootEmpty));
        Assert.Single(world.Logs.Warnings, line => line.Contains("--accept-deletions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fifth_goes_at_once()
    {
        await using var world = await WithDirectoriesAsync(10, 10);
        for (var at = 0; at < 2; at++) Empty(world.Source, at, 10);

        await world.Engine.PollAsync(Cancel);

        Assert.Equal(80, await CountAsync(world, 10, 10));
        Assert.Empty(world.Engine.Status().HeldBack);
    }

    [Fact]
    public async Task Whole_directories_count_with_all_that_is_known_in_them()
    {
        await using var world = await WithDirectoriesAsync(10, 10);
        for (var at = 0; at < 3; at++) world.Source.Remove($"/d{at}");

        await world.Engine.PollAsync(Cancel);

        Assert.Equal(100, await CountAsync(world, 10, 10));
        Assert.Equal(30, Assert.Single(world.Engine.Status().HeldBack).Missing);
        var calls = world.Source.Calls;
        await world.Engine.PollAsync(Cancel);
        // The root and the seven that are left: what lies below something that is held back is not asked for.
        Assert.Equal(calls + 8, world.Source.Calls);
    }

    [Fact]
    public async Task What_goes_slowly_is_held_back_at_a_fifth_as_well()
    {
        await using var world = await WithDirectoriesAsync(10, 10);
        for (var at = 0; at < 10; at++)
        {
            Empty(world.Source, at, 3);
            await world.Engine.PollAsync(Cancel);
            world.Clock.Advance(TimeSpan.FromSeconds(100));
        }

        Assert.InRange(await CountAsync(world, 10, 10), 80, 82);
        Assert.NotEmpty(world.Engine.Status().HeldBack);
    }

    [Fact]
    public async Task What_goes_over_hours_goes()
    {
        await using var world = await WithDirectoriesAsync(10, 10);
        for (var at = 0; at < 5; at++)
        {
            Empty(world.Source, at, 10);
            await world.Engine.PollAsync(Cancel);
            world.Clock.Advance(TimeSpan.FromMinutes(61));
        }

        Assert.Equal(50, await CountAsync(world, 10, 10));
    }

    [Fact]
    public async Task A_small_source_may_lose_a_few_files()
    {
        await using var world = await WithDirectoriesAsync(1, 5);
        Empty(world.Source, 0, 3);

        await world.Engine.PollAsync(Cancel);

        Assert.Equal(2, await CountAsync(world, 1, 5));
    }

    [Fact]
    public async Task What_comes_back_by_itself_is_not_held_back_any_more()
    {
        await using var world = await WithDirectoriesAsync(10, 10);
        var before = world.Engine.Current;
        for (var at = 0; at < 5; at++) Empty(world.Source, at, 10);
        await world.Engine.PollAsync(Cancel);
        for (var at = 0; at < 5; at++) Fill(world.Source, at, 10);
        await world.Engine.PollAsync(Cancel);

        Assert.Empty(world.Engine.Status().HeldBack);
        Assert.Same(before.Root, world.Engine.Current.Root);
    }

    [Fact]
    public async Task What_is_left_missing_goes_when_the_most_of_it_is_back()
    {
        await using var world = await WithDirectoriesAsync(10, 10);
        for (var at = 0; at < 5; at++) Empty(world.Source, at, 10);
        await world.Engine.PollAsync(Cancel);
        for (var at = 1; at < 5; at++) Fill(world.Source, at, 10);
        await world.Engine.PollAsync(Cancel);

        Assert.Equal(90, await CountAsync(world, 10, 10));
        Assert.Empty(world.Engine.Status().HeldBack);
    }

    [Fact]
    public async Task Accepted_deletions_go_and_count_for_nothing_that_follows()
    {
        await using var world = await WithDirectoriesAsync(10, 10);
        for (var at = 0; at < 5; at++) Empty(world.Source, at, 10);
        await world.Engine.PollAsync(Cancel);

        var report = await world.Engine.PollAsync(acceptDeletions: true, Cancel);

        Assert.Empty(report.HeldBack);
        Assert.Equal(50, await CountAsync(world, 10, 10));
        Empty(world.Source, 5, 10);
        await world.Engine.PollAsync(Cancel);
        Assert.Equal(40, await CountAsync(world, 10, 10));
        Assert.Empty(world.Engine.Status().HeldBack);
    }

    [Fact]
    public async Task What_a_source_that_is_down_may_lack_cannot_be_accepted()
    {
        await using var world = await WithDirectoriesAsync(10, 10);
        for (var at = 0; at < 5; at++) Empty(world.Source, at, 10);
        await world.Engine.PollAsync(Cancel);
        world.Source.Failure = Down;

        var report = await world.Engine.PollAsync(acceptDeletions: true, Cancel);

        Assert.Equal(50, Assert.Single(report.HeldBack).Missing);
        Assert.Equal(100, await CountAsync(world, 10, 10));
    }

    [Fact]
    public async Task An_empty_root_is_accepted_only_when_it_was_reported_before()
    {
        await using var world = await WithDirectoriesAsync(2, 2);
        world.Source.IsUnmounted = true;

        var first = await world.Engine.PollAsync(acceptDeletions: true, Cancel);

        Assert.True(Assert.Single(first.HeldBack).IsRootEmpty);
        Assert.Equal(4, await CountAsync(world, 2, 2));
        var second = await world.Engine.PollAsync(acceptDeletions: true, Cancel);
        Assert.Empty(second.HeldBack);
        Assert.Equal(0, await CountAsync(world, 2, 2));
        Assert.Null(Assert.Single(world.Engine.Status().Sources).LastError);
    }

    [Fact]
    public async Task An_empty_root_that_is_found_while_deletions_are_accepted_was_not_meant()
    {
        await using var world = await WithDirectoriesAsync(2, 2);
        var silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Source.Delay = _ => silent.Task;
        var poll = world.Engine.PollAsync(Cancel).AsTask();
        var accepting = world.Engine.PollAsync(acceptDeletions: true, Cancel).AsTask();
        world.Source.IsUnmounted = true;
        silent.SetResult();

        await poll;
        var report = await accepting;

        Assert.True(Assert.Single(report.HeldBack).IsRootEmpty);
        Assert.Equal(4, await CountAsync(world, 2, 2));
    }

    [Fact]
    public async Task A_restart_holds_back_what_was_held_back()
    {
        await using var world = await WithDirectoriesAsync(10, 10);
        for (var at = 0; at < 5; at++) Empty(world.Source, at, 10);
        await world.Engine.PollAsync(Cancel);

        await world.RestartAsync();
        await world.Engine.PollAsync(Cancel);

        Assert.Equal(100, await CountAsync(world, 10, 10));
        Assert.Equal(50, Assert.Single(world.Engine.Status().HeldBack).Missing);
    }

    [Fact]
    public async Task One_source_of_several_is_judged_by_its_own_files()
    {
        var (small, large) = (new FakeSource("small"), new FakeSource("large"));
        for (var at = 0; at < 10; at++) small.Put($"/d/of-small{at}", [1]);
        for (var at = 0; at < 100; at++) large.Put($"/d/of-large{at}", [2]);
        await using var world = new TestWorld();
        await world.OpenAsync([small, large]);
        await world.LookupAsync("/d/of-small0");
        for (var at = 0; at < 5; at++) small.Remove($"/d/of-small{at}");
        for (var at = 0; at < 15; at++) large.Remove($"/d/of-large{at}");

        await world.Engine.PollAsync(Cancel);

        Assert.True((await world.LookupAsync("/d/of-small0")).IsOk);
        Assert.Equal(FileSystemError.NotFound, (await world.LookupAsync("/d/of-large0")).Error);
        Assert.Equal("small", Assert.Single(world.Engine.Status().HeldBack).Source);
    }

    [Fact]
    public async Task What_is_held_back_says_so()
    {
        await using var world = await WithDirectoriesAsync(10, 10);
        for (var at = 0; at < 5; at++) world.Source.Remove($"/d{at}");
        await world.Engine.PollAsync(Cancel);

        var explanation = (await world.Engine.ExplainAsync(VirtualPath.Parse("/d1/f1"), Cancel)).Value;

        Assert.StartsWith("held back", explanation.Replicas[0].Why, StringComparison.Ordinal);
    }

    private static async Task<TestWorld> WithDirectoriesAsync(int directories, int files)
    {
        var world = await TestWorld.StartAsync(source =>
        {
            for (var at = 0; at < directories; at++) Fill(source, at, files);
        });
        Assert.Equal(directories * files, await CountAsync(world, directories, files));
        return world;
    }

    private static void Fill(FakeSource source, int directory, int files)
    {
        for (var at = 0; at < files; at++) source.Put($"/d{directory}/f{at}", [1]);
    }

    private static void Empty(FakeSource source, int directory, int files)
    {
        for (var at = 0; at < files; at++) source.Remove($"/d{directory}/f{at}");
    }

    private static async Task<int> CountAsync(TestWorld world, int directories, int files)
    {
        var found = 0;
        for (var directory = 0; directory < directories; directory++)
        {
            for (var file = 0; file < files; file++)
                found += (await world.LookupAsync($"/d{directory}/f{file}")).IsOk ? 1 : 0;
        }

        return found;
    }
}
