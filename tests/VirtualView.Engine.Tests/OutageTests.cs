using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Options;
using VirtualView.Engine.Tests.World;
using VirtualView.Testing;

namespace VirtualView.Engine.Tests;

/// <summary>A source that refuses at once, as a reader and who reads the log see it.</summary>
public sealed class OutageTests
{
    private static readonly SourceError Refused = new(SourceErrorKind.Unreachable, "connection refused");
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private static CancellationToken Cancel => TestWorld.Cancel;

    [Fact]
    public async Task A_source_that_refuses_is_tried_again_for_seconds_only()
    {
        await using var world = await WithFilesAsync();
        var (error, took) = await ReadWhileDownAsync(world, "/a");

        Assert.Equal(FileSystemError.Unreachable, error);
        Assert.InRange(took, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6.5));
        Assert.InRange(world.Source.Reads.Count, 5, 12);
        Assert.Equal(1, world.Engine.Status().FailedFetches);
    }

    [Fact]
    public async Task A_source_that_is_back_after_two_seconds_was_never_missed()
    {
        await using var world = await WithFilesAsync();
        var handle = await world.OpenFileAsync("/a");
        world.Source.Failure = Refused;
        var startedAt = world.Clock.GetTimestamp();
        world.Source.Delay = _ =>
        {
            if (world.Clock.GetElapsedTime(startedAt) >= TimeSpan.FromSeconds(2)) world.Source.Failure = null;
            return Task.CompletedTask;
        };

        Assert.Equal(FakeSource.Pattern(1000), await world.EndAsync(world.ReadAsync(handle, 0, 1000), Step));
        Assert.InRange(world.Clock.GetElapsedTime(startedAt), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
        Assert.DoesNotContain(world.Logs.Warnings, line => line.Contains("is down", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Once_a_source_is_known_to_be_down_nobody_waits_for_it()
    {
        await using var world = await WithFilesAsync();
        await ReadWhileDownAsync(world, "/a");
        var (triesBefore, startedAt) = (world.Source.Reads.Count, world.Clock.GetTimestamp());

        for (var at = 0; at < 5; at++)
        {
            Assert.Equal(FileSystemError.Unreachable, await ReadAsync(world, "/b"));
            Assert.Equal(FileSystemError.Unreachable, await ReadAsync(world, "/c"));
        }

        Assert.Equal(TimeSpan.Zero, world.Clock.GetElapsedTime(startedAt));
        Assert.InRange(world.Source.Reads.Count - triesBefore, 1, 2);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await ReadAsync(world, "/b");
        await ReadAsync(world, "/c");
        Assert.InRange(world.Source.Reads.Count - triesBefore, 2, 3);
    }

    [Fact]
    public async Task Who_reads_a_second_after_the_source_is_back_gets_it()
    {
        await using var world = await WithFilesAsync();
        await ReadWhileDownAsync(world, "/a");
        world.Source.Failure = null;
        world.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(FileSystemError.None, await ReadAsync(world, "/a"));
    }

    [Fact]
    public async Task Any_answer_ends_the_outage_at_once()
    {
        await using var world = await WithFilesAsync();
        await ReadWhileDownAsync(world, "/a");
        await ReadAsync(world, "/b");
        await ReadAsync(world, "/b");
        world.Source.Failure = null;
        await world.Engine.PollAsync(Cancel);

        Assert.Equal(FileSystemError.None, await ReadAsync(world, "/b"));
        // And the next outage is survived like the first.
        Assert.InRange((await ReadWhileDownAsync(world, "/a")).Took, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6.5));
    }

    [Fact]
    public async Task One_file_that_fails_does_not_take_the_others_with_it()
    {
        await using var world = await WithFilesAsync();
        await ReadWhileDownAsync(world, "/a");
        world.Source.Failure = null;

        Assert.Equal(FileSystemError.None, await ReadAsync(world, "/b"));
    }

    [Fact]
    public async Task Another_replica_is_read_at_once()
    {
        var (one, two) = (new FakeSource("one"), new FakeSource("two"));
        two.Put("/f", one.Put("/f", FakeSource.Pattern(1000)));
        await using var world = new TestWorld();
        await world.OpenAsync([one, two], [new MappingOptions { At = VirtualPath.Root, Sources = [one.Id, two.Id], Same = SameRule.SizeAndTime }]);
        await IsListedAsync(world);
        var handle = await world.OpenFileAsync("/f");
        one.Failure = Refused;

        Assert.Equal(FakeSource.Pattern(1000), await world.ReadAsync(handle, 0, 1000));
        Assert.Single(one.Reads);
    }

    [Fact]
    public async Task Failures_far_apart_are_no_outage()
    {
        await using var world = await WithFilesAsync();
        var handle = await world.OpenFileAsync("/a");
        world.Source.Failure = Refused;
        await world.Engine.PollAsync(Cancel);
        world.Clock.Advance(TimeSpan.FromSeconds(20));
        var read = world.ReadAsync(handle, 0, 1000);
        await Eventually.TrueAsync(() => world.Source.Reads.Count > 0);
        world.Source.Failure = null;

        Assert.Equal(FakeSource.Pattern(1000), await world.EndAsync(read, Step));
    }

    [Fact]
    public async Task The_log_says_once_that_a_source_is_down_and_once_that_it_is_back()
    {
        await using var world = await WithFilesAsync();
        await ReadWhileDownAsync(world, "/a");
        for (var at = 0; at < 20; at++) await ReadAsync(world, "/b");
        world.Source.Failure = null;
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        for (var at = 0; at < 3; at++) await ReadAsync(world, "/c");

        Assert.Single(world.Logs.Warnings, line => line.Contains("'one' is down: ", StringComparison.Ordinal));
        Assert.Single(world.Logs.Warnings, line => line.Contains("'one' is back", StringComparison.Ordinal));
        Assert.Single(world.Logs.Warnings, line => line.Contains("Cannot read", StringComparison.Ordinal));
    }

    private static async Task<TestWorld> WithFilesAsync()
    {
        var world = await TestWorld.StartAsync(source =>
        {
            foreach (var path in new[] { "/a", "/b", "/c" }) source.Put(path, FakeSource.Pattern(1000));
        });
        await IsListedAsync(world);
        return world;
    }

    /// <summary>The first poll is over: it asks no source any more that a test has stopped meanwhile.</summary>
    private static async Task IsListedAsync(TestWorld world) =>
        Assert.True((await world.Engine.FileSystem.OpenDirectoryAsync(NodeId.Root, TestContext.Current.CancellationToken)).IsOk);

    private static async Task<(FileSystemError Error, TimeSpan Took)> ReadWhileDownAsync(TestWorld world, string path)
    {
        var handle = await world.OpenFileAsync(path);
        world.Store.Blocks.Clear();
        world.Source.Failure = Refused;
        var startedAt = world.Clock.GetTimestamp();
        var outcome = await world.EndAsync(world.Files.ReadAsync(handle, 0, new byte[1000], Cancel).AsTask(), Step);
        return (outcome.Error, world.Clock.GetElapsedTime(startedAt));
    }

    /// <summary>Without moving the clock.</summary>
    private static async Task<FileSystemError> ReadAsync(TestWorld world, string path)
    {
        var handle = await world.OpenFileAsync(path);
        var outcome = await world.Files.ReadAsync(handle, 0, new byte[1000], Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancel);
        world.Files.Release(handle);
        return outcome.Error;
    }
}
