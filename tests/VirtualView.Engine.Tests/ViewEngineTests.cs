using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Engine.Options;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests;

public sealed class ViewEngineTests
{
    private static CancellationToken Cancel => TestWorld.Cancel;

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    public async Task Many_readers_of_a_cold_file_cause_one_fetch_a_block(int readers)
    {
        await using var world = new TestWorld();
        var bytes = world.Source.Put("/a/f", FakeSource.Pattern(10_500));
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await world.OpenAsync();
        var handle = await world.OpenFileAsync("/a/f");
        world.Source.Delay = _ => gate.Task;

        var reads = Enumerable.Range(0, readers).Select(_ => world.ReadAsync(handle, 0, 20_000)).ToList();
        gate.SetResult();

        foreach (var read in await Task.WhenAll(reads)) Assert.Equal(bytes, read);
        Assert.Equal(bytes.Length, world.Source.Reads.Sum(read => read.Range.Length));
    }

    [Fact]
    public async Task A_restart_reads_from_state_and_store_without_asking_a_source()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/a/f", FakeSource.Pattern(5000)));
        var handle = await world.OpenFileAsync("/a/f");
        var bytes = await world.ReadAsync(handle, 0, 5000);
        world.Files.Release(handle);
        await TestWorld.UntilAsync(() => world.Store.Blocks.Count == 5);
        world.Source.Failure = new SourceError(SourceErrorKind.Unreachable, "down");
        await world.Engine.DisposeAsync();
        var reads = world.Source.Reads.Count;

        await world.OpenAsync();
        var again = await world.OpenFileAsync("/a/f");

        Assert.Equal(bytes, await world.ReadAsync(again, 0, 5000));
        Assert.Equal(reads, world.Source.Reads.Count);
        Assert.Equal(0, world.Source.Stats);
    }

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
    public async Task A_changed_file_has_a_new_node_and_the_old_handle_never_sees_new_bytes()
    {
        await using var world = await TestWorld.StartAsync();
        var old = world.Source.Put("/f", FakeSource.Pattern(3000));
        var before = (await world.LookupAsync("/f")).Value;
        var handle = await world.OpenFileAsync("/f");
        Assert.Equal(old[..1000], await world.ReadAsync(handle, 0, 1000));
        await TestWorld.UntilAsync(() => world.Store.Blocks.Count == 1);

        var now = world.Source.Put("/f", FakeSource.Pattern(3000, seed: 2), seconds: 2000);
        await world.Engine.PollAsync(Cancel);

        Assert.Equal(old[..1000], await world.ReadAsync(handle, 0, 1000));
        var cold = await world.Files.ReadAsync(handle, 1000, new byte[1000], Cancel);
        Assert.Equal(FileSystemError.Stale, cold.Error);
        Assert.Equal(FileSystemError.Stale, (await world.Files.OpenAsync(before.Node, OpenIntent.Read, Cancel)).Error);
        var after = (await world.LookupAsync("/f")).Value;
        Assert.NotEqual(before.Node, after.Node);
        Assert.NotEqual(before.InodeNumber, after.InodeNumber);
        Assert.Equal(now, await world.ReadAsync(await world.OpenFileAsync("/f"), 0, 3000));
    }

    [Fact]
    public async Task A_file_that_changed_before_the_poll_is_found_by_the_read_that_fails()
    {
        await using var world = await TestWorld.StartAsync();
        world.Source.Put("/f", FakeSource.Pattern(3000));
        var handle = await world.OpenFileAsync("/f");
        var now = world.Source.Put("/f", FakeSource.Pattern(2000, seed: 2), seconds: 2000);

        Assert.Equal(FileSystemError.Stale, (await world.Files.ReadAsync(handle, 0, new byte[10], Cancel)).Error);

        await TestWorld.UntilAsync(() => world.LookupAsync("/f").IsCompletedSuccessfully && world.Engine.Current.Number > 1);
        Assert.Equal(now, await world.ReadAsync(await world.OpenFileAsync("/f"), 0, 3000));
    }

    [Fact]
    public async Task A_change_that_only_the_tag_tells_is_found_by_the_read_and_leads_to_a_new_version()
    {
        await using var world = await TestWorld.StartAsync();
        var listed = FakeSource.Weak(3000, 1000);
        var (old, now) = (FakeSource.Pattern(3000), FakeSource.Pattern(3000, seed: 2));
        world.Source.Put("/f", new FakeFile(old, listed, listed with { Strength = ValidatorStrength.Strong, Tag = "x" }));
        var handle = await world.OpenFileAsync("/f");
        Assert.Equal(old[..1000], await world.ReadAsync(handle, 0, 1000));
        world.Source.Put("/f", new FakeFile(now, listed, listed with { Strength = ValidatorStrength.Strong, Tag = "y" }));
        await world.Engine.PollAsync(Cancel);

        Assert.Equal(FileSystemError.Stale, (await world.Files.ReadAsync(handle, 1000, new byte[1000], Cancel)).Error);

        await TestWorld.UntilAsync(() => world.Source.Stats > 0 && world.Validator("/f").Contains('y', StringComparison.Ordinal));
        Assert.Equal(now, await world.ReadAsync(await world.OpenFileAsync("/f"), 0, 3000));
        Assert.Equal(FileSystemError.Stale, (await world.Files.ReadAsync(handle, 1000, new byte[1000], Cancel)).Error);
    }

    [Fact]
    public async Task A_version_that_comes_back_is_read_again()
    {
        await using var world = await TestWorld.StartAsync();
        var old = world.Source.Put("/f", FakeSource.Pattern(3000));
        var handle = await world.OpenFileAsync("/f");
        world.Source.Put("/f", FakeSource.Pattern(3000, seed: 2), seconds: 2000);
        Assert.Equal(FileSystemError.Stale, (await world.Files.ReadAsync(handle, 0, new byte[10], Cancel)).Error);
        world.Source.Put("/f", old);
        await world.Engine.PollAsync(Cancel);

        Assert.Equal(old, await world.ReadAsync(await world.OpenFileAsync("/f"), 0, 3000));
    }

    [Fact]
    public async Task What_is_not_found_for_a_while_is_read_through_the_same_handle_when_it_is_back()
    {
        await using var world = await TestWorld.StartAsync();
        var bytes = world.Source.Put("/a/f", FakeSource.Pattern(3000));
        var handle = await world.OpenFileAsync("/a/f");
        world.Source.IsUnmounted = true;
        Assert.Equal(FileSystemError.Stale, (await world.Files.ReadAsync(handle, 0, new byte[10], Cancel)).Error);
        await world.Engine.PollAsync(Cancel);
        world.Source.IsUnmounted = false;

        Assert.Equal(bytes, await world.ReadAsync(handle, 0, 3000));
        Assert.True((await world.LookupAsync("/a/f")).IsOk);
    }

    [Fact]
    public async Task Blocks_of_a_racy_version_are_served_but_never_stored()
    {
        await using var world = await TestWorld.StartAsync();
        var bytes = FakeSource.Pattern(3000);
        var racy = FakeSource.Weak(3000, 1000) with { Strength = ValidatorStrength.Racy };
        world.Source.Put("/f", new FakeFile(bytes, racy, racy));
        var young = (await world.LookupAsync("/f")).Value;
        var handle = await world.OpenFileAsync("/f");

        Assert.Equal(bytes, await world.ReadAsync(handle, 0, 3000));
        Assert.Equal(bytes, await world.ReadAsync(handle, 0, 3000));
        Assert.Equal(3000, world.Source.Reads.Sum(read => read.Range.Length));
        Assert.False(world.Files.TryRead(handle, 0, new byte[10]).IsDone);
        Assert.Empty(world.Store.Blocks);

        world.Source.Put("/f", bytes);
        Assert.Equal(FileSystemError.Stale, (await world.Files.OpenAsync(young.Node, OpenIntent.Read, Cancel)).Error);
        Assert.Equal(bytes, await world.ReadAsync(await world.OpenFileAsync("/f"), 0, 3000));
        await TestWorld.UntilAsync(() => world.Store.Blocks.Count == 3);
    }

    [Fact]
    public async Task Blocks_that_came_under_a_racy_answer_are_not_stored_either()
    {
        await using var world = await TestWorld.StartAsync();
        var bytes = FakeSource.Pattern(3000);
        var listed = FakeSource.Weak(3000, 1000);
        world.Source.Put("/f", new FakeFile(bytes, listed, listed with { Strength = ValidatorStrength.Racy }));
        var handle = await world.OpenFileAsync("/f");

        Assert.Equal(bytes, await world.ReadAsync(handle, 0, 3000));
        Assert.Equal(bytes, await world.ReadAsync(handle, 0, 3000));
        Assert.Empty(world.Store.Blocks);
    }

    [Fact]
    public async Task A_file_cannot_be_opened_for_writing()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/f", [1]));
        var node = (await world.LookupAsync("/f")).Value.Node;

        Assert.Equal(FileSystemError.ReadOnly, (await world.Files.OpenAsync(node, OpenIntent.Read | OpenIntent.Write, Cancel)).Error);
        Assert.Equal(FileSystemError.ReadOnly, (await world.Files.OpenAsync(node, OpenIntent.Read | OpenIntent.Truncate, Cancel)).Error);
    }

    [Fact]
    public async Task A_cancelled_reader_is_interrupted_and_the_fetch_goes_on()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/f", FakeSource.Pattern(1000)));
        var handle = await world.OpenFileAsync("/f");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Source.Delay = _ => gate.Task;
        using var cancel = new CancellationTokenSource();
        var read = world.Files.ReadAsync(handle, 0, new byte[1000], cancel.Token).AsTask();

        await cancel.CancelAsync();
        Assert.Equal(FileSystemError.Interrupted, (await read).Error);
        gate.SetResult();

        await TestWorld.UntilAsync(() => world.Store.Blocks.Count == 1);
    }

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

    [Fact]
    public async Task The_end_interrupts_those_who_wait_and_gives_every_lease_back()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/f", FakeSource.Pattern(10_000)));
        var handle = await world.OpenFileAsync("/f");
        world.Source.Delay = token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        var read = world.Files.ReadAsync(handle, 0, new byte[10_000], Cancel).AsTask();

        await world.Engine.DisposeAsync();

        Assert.Equal(FileSystemError.Interrupted, (await read).Error);
        Assert.Equal(FileSystemError.Interrupted, (await world.Files.ReadAsync(handle, 0, new byte[10], Cancel)).Error);
        world.Files.Release(handle);
        Assert.Equal(0, world.Store.Leases);
    }

    [Fact]
    public async Task A_read_goes_on_after_the_release_of_its_handle()
    {
        await using var world = await TestWorld.StartAsync();
        var bytes = world.Source.Put("/f", FakeSource.Pattern(5000));
        var handle = await world.OpenFileAsync("/f");
        await world.ReadAsync(handle, 0, 1000);
        await TestWorld.UntilAsync(() => world.Store.Blocks.Count == 1);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Source.Delay = _ => gate.Task;
        var read = world.ReadAsync(handle, 0, 5000);
        world.Files.Release(handle);
        gate.SetResult();

        Assert.Equal(bytes, await read);
        Assert.Equal(FileSystemError.BadHandle, (await world.Files.ReadAsync(handle, 0, new byte[1], Cancel)).Error);
        await TestWorld.UntilAsync(() => world.Store.Leases == 0);
    }

    [Fact]
    public async Task A_full_store_serves_from_memory()
    {
        await using var world = await TestWorld.StartAsync();
        world.Store.IsFull = true;
        var bytes = world.Source.Put("/f", FakeSource.Pattern(5000));
        var handle = await world.OpenFileAsync("/f");

        Assert.Equal(bytes, await world.ReadAsync(handle, 0, 5000));
        Assert.Equal(bytes, await world.ReadAsync(handle, 0, 5000));
    }

    [Fact]
    public async Task Damaged_blocks_are_fetched_again()
    {
        await using var world = await TestWorld.StartAsync();
        var bytes = world.Source.Put("/f", FakeSource.Pattern(5000));
        var handle = await world.OpenFileAsync("/f");
        await world.ReadAsync(handle, 0, 5000);
        await TestWorld.UntilAsync(() => world.Store.Blocks.Count == 5);
        world.Store.IsDamaged = true;

        Assert.Equal(bytes, await world.ReadAsync(handle, 0, 5000));
        Assert.Equal(10_000, world.Source.Reads.Sum(read => read.Range.Length));
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
    public async Task What_was_shown_under_other_mappings_goes_at_the_restart()
    {
        await using var world = new TestWorld();
        world.Source.Put("/a/f", [1]);
        await world.OpenAsync(mappings: [Mapping("/old", world.Source)]);
        Assert.True((await world.LookupAsync("/old/a/f")).IsOk);
        world.Source.Failure = new SourceError(SourceErrorKind.Unreachable, "down");

        await world.RestartAsync(mappings: [Mapping("/new", world.Source)]);

        Assert.Equal(FileSystemError.NotFound, (await world.LookupAsync("/old")).Error);
        Assert.Equal(FileSystemError.Unreachable, (await world.LookupAsync("/new/a")).Error);
    }

    [Fact]
    public async Task A_source_that_is_gone_from_the_configuration_takes_its_files_along()
    {
        var (one, two) = (new FakeSource("one"), new FakeSource("two"));
        one.Put("/a/of-one", [1]);
        two.Put("/a/of-two", [2]);
        await using var world = new TestWorld();
        await world.OpenAsync([one, two]);
        await world.LookupAsync("/a/of-one");
        two.Failure = new SourceError(SourceErrorKind.Unreachable, "down");

        await world.RestartAsync([two]);

        Assert.Equal(FileSystemError.NotFound, (await world.LookupAsync("/a/of-one")).Error);
        Assert.True((await world.LookupAsync("/a/of-two")).IsOk);
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
        await world.OpenAsync(mappings: [Mapping("/x/y", world.Source)]);

        Assert.True((await world.LookupAsync("/x/y/f")).IsOk);
        Assert.Equal(FileSystemError.NotFound, (await world.LookupAsync("/x/f")).Error);
        await world.Engine.PollAsync(Cancel);
        Assert.True((await world.LookupAsync("/x/y/f")).IsOk);
    }

    private static MappingOptions Mapping(string at, FakeSource source) => new() { At = VirtualPath.Parse(at), Sources = [source.Id] };
}
