using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Sources;
using VirtualView.Engine.Options;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Polling;

/// <summary>What who looks, or opens, is told when the last poll is long ago.</summary>
public sealed class RevalidationTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Cancel => TestWorld.Cancel;

    [Fact]
    public async Task A_file_that_changed_is_another_one_at_its_next_open_and_then_at_its_name()
    {
        await using var world = await WithFileAsync(RevalidateRule.Stale);
        var before = (await world.LookupAsync("/f")).Value.Node;
        world.Source.Put("/f", [2, 2], seconds: 2000);
        world.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(FileSystemError.Stale, (await world.Files.OpenAsync(before, OpenIntent.Read, Cancel)).Error);
        Assert.Equal([2, 2], await world.ReadAsync(await world.OpenFileAsync("/f"), 0, 2));
    }

    [Fact]
    public async Task What_was_asked_for_less_than_an_interval_ago_is_not_asked_for_again()
    {
        await using var world = await WithFileAsync(RevalidateRule.Stale);
        await world.OpenFileAsync("/f");
        var calls = world.Source.Calls;
        world.Clock.Advance(TimeSpan.FromMinutes(50));

        for (var at = 0; at < 10; at++) await world.OpenFileAsync("/f");

        Assert.Equal(calls, world.Source.Calls);
    }

    [Fact]
    public async Task Many_who_open_a_file_ask_once()
    {
        await using var world = await WithFileAsync(RevalidateRule.Stale);
        var node = (await world.LookupAsync("/f")).Value.Node;
        world.Clock.Advance(TimeSpan.FromHours(2));
        var gate = new TaskCompletionSource();
        world.Source.Delay = _ => gate.Task;
        var stats = world.Source.Stats;

        var opens = Enumerable.Range(0, 50).Select(_ => world.Files.OpenAsync(node, OpenIntent.Read, Cancel).AsTask()).ToArray();
        gate.SetResult();
        var opened = await Task.WhenAll(opens);

        Assert.All(opened, outcome => Assert.True(outcome.IsOk));
        Assert.Equal(stats + 1, world.Source.Stats);
    }

    [Fact]
    public async Task An_export_that_was_away_for_one_question_takes_no_file_along()
    {
        await using var world = await WithFileAsync(RevalidateRule.Always);
        var node = (await world.LookupAsync("/f")).Value.Node;
        var questions = 0;
        world.Source.IsUnmounted = true;
        world.Source.Delay = _ =>
        {
            // Back before its root is looked at.
            if (++questions == 2) world.Source.IsUnmounted = false;
            return Task.CompletedTask;
        };

        Assert.True((await world.Files.OpenAsync(node, OpenIntent.Read, Cancel)).IsOk);
        Assert.True((await world.LookupAsync("/f")).IsOk);
        Assert.True(questions > 2);
    }

    [Fact]
    public async Task Always_asks_at_every_open_and_never_at_none()
    {
        foreach (var (rule, asked) in new[] { (RevalidateRule.Always, 3), (RevalidateRule.Never, 0) })
        {
            await using var world = await WithFileAsync(rule);
            var node = (await world.LookupAsync("/f")).Value.Node;
            var stats = world.Source.Stats;
            for (var at = 0; at < 3; at++) Assert.True((await world.Files.OpenAsync(node, OpenIntent.Read, Cancel)).IsOk);
            Assert.Equal(stats + asked, world.Source.Stats);
        }
    }

    [Fact]
    public async Task A_new_file_is_found_and_listed_although_the_poll_has_not_come_by()
    {
        await using var world = await WithFileAsync(RevalidateRule.Stale);
        world.Source.Put("/new", [1]);
        Assert.Equal(FileSystemError.NotFound, (await world.LookupAsync("/new")).Error);
        world.Clock.Advance(TimeSpan.FromHours(2));

        Assert.True((await world.LookupAsync("/new")).IsOk);
        world.Source.Put("/newer", [1]);
        world.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Contains("newer", await world.ListAsync("/"));
    }

    [Fact]
    public async Task A_source_that_refuses_leaves_what_is_known()
    {
        await using var world = await WithFileAsync(RevalidateRule.Stale);
        world.Clock.Advance(TimeSpan.FromHours(2));
        world.Source.Failure = new SourceError(SourceErrorKind.Unreachable, "down");

        Assert.True((await world.Files.OpenAsync((await world.LookupAsync("/f")).Value.Node, OpenIntent.Read, Cancel)).IsOk);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_two_seconds_for_a_silent_source_and_the_next_not_at_all()
    {
        await using var world = await WithFileAsync(RevalidateRule.Stale);
        var node = (await world.LookupAsync("/f")).Value.Node;
        world.Clock.Advance(TimeSpan.FromHours(2));
        world.Source.Delay = cancel => Task.Delay(Timeout.InfiniteTimeSpan, world.Clock, cancel);
        var startedAt = world.Clock.GetTimestamp();

        Assert.True((await world.EndAsync(world.Files.OpenAsync(node, OpenIntent.Read, Cancel).AsTask(), Step)).IsOk);
        Assert.InRange(world.Clock.GetElapsedTime(startedAt), TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(4));
        Assert.True((await world.LookupAsync("/f")).IsOk);
        Assert.True((await world.Files.OpenAsync(node, OpenIntent.Read, Cancel)).IsOk);
    }

    [Fact]
    public async Task Another_rule_holds_from_the_next_open_on()
    {
        await using var world = await WithFileAsync(RevalidateRule.Never);
        var node = (await world.LookupAsync("/f")).Value.Node;
        var before = world.Source.Calls;
        await world.Files.OpenAsync(node, OpenIntent.Read, Cancel);
        Assert.Equal(before, world.Source.Calls);

        world.Engine.UsePolls(world.Polls with { Revalidate = RevalidateRule.Always });
        await world.Files.OpenAsync(node, OpenIntent.Read, Cancel);
        Assert.Equal(before + 1, world.Source.Calls);
    }

    private static async Task<TestWorld> WithFileAsync(RevalidateRule rule)
    {
        var world = new TestWorld { Polls = new PollOptions { Interval = TimeSpan.FromHours(1), Revalidate = rule } };
        world.Source.Put("/f", [1]);
        await world.OpenAsync();
        await world.LookupAsync("/f");
        return world;
    }
}
