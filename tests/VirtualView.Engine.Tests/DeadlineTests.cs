using VirtualView.Core.Outcomes;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests;

/// <summary>Every call ends in time, whatever a source does.</summary>
public sealed class DeadlineTests
{
    private static CancellationToken Cancel => TestWorld.Cancel;

    [Fact]
    public async Task A_read_from_a_silent_source_ends_in_time()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/f", FakeSource.Pattern(10_000)));
        var handle = await world.OpenFileAsync("/f");
        world.Source.Delay = token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        var startedAt = world.Clock.GetTimestamp();

        var outcome = await world.EndAsync(world.Files.ReadAsync(handle, 0, new byte[10_000], Cancel).AsTask(), TimeSpan.FromSeconds(1));

        Assert.Equal(FileSystemError.TimedOut, outcome.Error);
        Assert.InRange(world.Clock.GetElapsedTime(startedAt), TimeSpan.Zero, (2 * TestWorld.FetchTimeout) + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_read_of_many_slow_blocks_has_one_deadline()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/f", FakeSource.Pattern(40_000)));
        var handle = await world.OpenFileAsync("/f");
        // Ten requests, each slow but never silent for a whole time-out, one after the other.
        var turn = new SemaphoreSlim(1);
        world.Source.Delay = async token =>
        {
            await turn.WaitAsync(token);
            await Task.Delay(TimeSpan.FromSeconds(25), world.Clock, token);
            turn.Release();
        };
        var startedAt = world.Clock.GetTimestamp();

        var outcome = await world.EndAsync(world.Files.ReadAsync(handle, 0, new byte[40_000], Cancel).AsTask(), TimeSpan.FromSeconds(1));

        Assert.Equal(FileSystemError.TimedOut, outcome.Error);
        Assert.InRange(world.Clock.GetElapsedTime(startedAt), TimeSpan.Zero, (2 * TestWorld.FetchTimeout) + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_lookup_ends_in_time_even_at_a_source_that_ignores_its_cancellation()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/a/f", [1]));
        Assert.True((await world.LookupAsync("/a")).IsOk);
        var never = new TaskCompletionSource();
        world.Source.Delay = _ => never.Task;
        var startedAt = world.Clock.GetTimestamp();

        var found = await world.EndAsync(world.LookupAsync("/a/f"), TimeSpan.FromSeconds(1));

        Assert.Equal(FileSystemError.TimedOut, found.Error);
        Assert.InRange(world.Clock.GetElapsedTime(startedAt), TimeSpan.Zero, (2 * TestWorld.FetchTimeout) + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_listing_that_never_ends_does_not_stop_the_poll()
    {
        await using var world = await TestWorld.StartAsync();
        for (var at = 0; at < 30; at++) world.Source.Put($"/d{at}/f", [1]);
        for (var at = 0; at < 30; at++) await world.LookupAsync($"/d{at}/f");
        var never = new TaskCompletionSource();
        world.Source.Delay = _ => never.Task;
        var startedAt = world.Clock.GetTimestamp();
        var poll = world.Engine.PollAsync(Cancel).AsTask();

        await world.EndAsync(poll.ContinueWith(ended => ended.IsCompletedSuccessfully, TaskScheduler.Default), TimeSpan.FromSeconds(1));

        Assert.True(poll.IsCompletedSuccessfully);
        Assert.InRange(world.Clock.GetElapsedTime(startedAt), TimeSpan.Zero, 3 * TestWorld.FetchTimeout);
        world.Source.Delay = _ => Task.CompletedTask;
    }
}
