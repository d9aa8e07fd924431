using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Engine.Options;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Past;

public sealed class SnapshotRecordingTests
{
    [Fact]
    public async Task A_number_that_was_told_leads_to_what_the_view_showed_then_however_soon_it_changed()
    {
        await using var world = await StartAsync();
        world.Source.Put("/a", FakeSource.Pattern(10));
        await world.ListAsync("/");
        var before = world.Engine.Status().Snapshot;
        await ChangeAsync(world, () => world.Source.Put("/b", FakeSource.Pattern(10)));
        var after = world.Engine.Status().Snapshot;
        await ChangeAsync(world, () => world.Source.Remove("/a"));

        using var then = await OpenAsync(world, before);
        using var later = await OpenAsync(world, after);
        Assert.Equal(["a"], await then.ListAsync("/"));
        Assert.Equal(["a", "b"], await later.ListAsync("/"));
        Assert.Equal(["b"], await world.ListAsync("/"));
    }

    [Fact]
    public async Task What_was_only_learned_makes_no_snapshot_of_its_own_and_every_number_of_the_run_leads_to_the_last()
    {
        await using var world = await StartAsync(source => source.Put("/d/e/f", FakeSource.Pattern(10)));
        await world.ListAsync("/");
        var first = world.Engine.Status().Snapshot;
        await world.Engine.Snapshots.ListAsync(TestWorld.Cancel);
        await world.ListAsync("/d");
        await world.ListAsync("/d/e");
        var last = world.Engine.Status().Snapshot;
        Assert.True(last > first);

        var listed = Assert.Single(await world.Engine.Snapshots.ListAsync(TestWorld.Cancel));
        Assert.Equal((last, true), (listed.Number, listed.IsCurrent));
        using var view = await OpenAsync(world, first);
        Assert.Equal(["f"], await view.ListAsync("/d/e"));
    }

    [Fact]
    public async Task A_directory_that_nobody_had_looked_into_is_not_shown_as_empty()
    {
        await using var world = await StartAsync(source => source.Put("/d/f", FakeSource.Pattern(10)));
        await world.ListAsync("/");
        using var view = await OpenAsync(world, world.Engine.Status().Snapshot);
        await world.ListAsync("/d");
        var directory = (await view.LookupAsync("/d")).Value.Node;
        Assert.Equal(FileSystemError.NotRecorded, (await view.FileSystem.OpenDirectoryAsync(directory, TestWorld.Cancel)).Error);
        Assert.Equal(FileSystemError.NotRecorded, (await view.LookupAsync("/d/f")).Error);
        Assert.Equal(FileSystemError.NotFound, (await view.LookupAsync("/e")).Error);
    }

    [Fact]
    public async Task A_poll_that_finds_nothing_new_writes_nothing()
    {
        await using var world = await StartAsync(source => source.Put("/d/f", FakeSource.Pattern(10)));
        await world.ListAsync("/d");
        await world.Engine.Snapshots.ListAsync(TestWorld.Cancel);
        var writes = world.History!.Writes;
        await world.Engine.PollAsync(TestWorld.Cancel);
        await world.Engine.Snapshots.ListAsync(TestWorld.Cancel);
        Assert.Equal(writes, world.History.Writes);
    }

    [Fact]
    public async Task Old_ones_go_by_count_but_for_those_that_have_a_name_or_are_open()
    {
        await using var world = await StartAsync(keep: new KeepOptions { Count = 3 });
        var numbers = await ManyAsync(world, 2);
        Assert.True((await world.Engine.Snapshots.KeepAsync($"{numbers[0]}", "first", TestWorld.Cancel)).IsOk);
        var open = await OpenAsync(world, numbers[1]);
        numbers.AddRange(await ManyAsync(world, 6));
        Assert.Equal([numbers[0], numbers[1], .. numbers[^3..]], await NumbersAsync(world));

        open.Dispose();
        numbers.AddRange(await ManyAsync(world, 1));
        Assert.Equal([numbers[0], .. numbers[^3..]], await NumbersAsync(world));
        Assert.Equal(FileSystemError.NotFound, (await world.Engine.Snapshots.OpenAsync($"{numbers[1]}", TestWorld.Cancel)).Error);

        Assert.True((await world.Engine.Snapshots.DropAsync("first", TestWorld.Cancel)).IsOk);
        Assert.Equal(numbers[^3..], await NumbersAsync(world));
    }

    [Fact]
    public async Task Old_ones_go_by_age_counted_from_when_something_changed()
    {
        await using var world = await StartAsync(keep: new KeepOptions { For = TimeSpan.FromHours(2) });
        var numbers = await ManyAsync(world, 1);
        world.Clock.Advance(TimeSpan.FromHours(3));
        numbers.AddRange(await ManyAsync(world, 1));
        Assert.Equal(numbers, await NumbersAsync(world));
        world.Clock.Advance(TimeSpan.FromHours(3));
        numbers.AddRange(await ManyAsync(world, 1));
        Assert.Equal(numbers[1..], await NumbersAsync(world));
    }

    [Fact]
    public async Task They_can_be_opened_after_a_restart_and_no_number_comes_twice()
    {
        await using var world = await StartAsync();
        var numbers = await ManyAsync(world, 3);
        await world.RestartAsync();
        numbers.AddRange(await ManyAsync(world, 2));
        Assert.Equal(numbers.Order().Distinct(), await NumbersAsync(world));
        foreach (var (number, at) in numbers.Select((number, at) => (number, at)))
        {
            using var view = await OpenAsync(world, number);
            Assert.Contains($"file{number}", await view.ListAsync("/"));
            Assert.Equal(at + 1, (await view.ListAsync("/")).Count);
        }
    }

    [Fact]
    public async Task A_current_tree_that_was_lost_or_is_older_gets_a_number_behind_all_that_are_kept()
    {
        await using var world = await StartAsync();
        var numbers = await ManyAsync(world, 3);
        world.State.Saved = null;
        await world.Engine.DisposeAsync();
        world.State.Saved = null;
        await world.OpenAsync();
        await world.ListAsync("/");
        Assert.True(world.Engine.Status().Snapshot > numbers[^1]);
        using var old = await OpenAsync(world, numbers[0]);
        Assert.Single(await old.ListAsync("/"));
    }

    [Fact]
    public async Task A_history_that_fails_stops_nothing_and_records_again_when_it_can()
    {
        await using var world = await StartAsync();
        world.History!.Failure = new IOException("the disk is gone");
        world.Source.Put("/a", FakeSource.Pattern(10));
        Assert.Equal(["a"], await world.ListAsync("/"));
        using (var now = await OpenAsync(world, world.Engine.Status().Snapshot))
            Assert.Equal(["a"], await now.ListAsync("/"));
        Assert.Single(world.Logs.Warnings, warning => warning.Contains("Snapshots cannot be recorded", StringComparison.Ordinal));

        world.History.Failure = null;
        var numbers = await ManyAsync(world, 1);
        using var view = await OpenAsync(world, numbers[0]);
        Assert.Equal(2, (await view.ListAsync("/")).Count);
    }

    [Fact]
    public async Task Names_are_unique_and_no_numbers()
    {
        await using var world = await StartAsync();
        var numbers = await ManyAsync(world, 2);
        var snapshots = world.Engine.Snapshots;
        foreach (var bad in new[] { "", "12", "a/b", ".", "..", new string('x', 256) })
            Assert.Equal(FileSystemError.InvalidArgument, (await snapshots.KeepAsync($"{numbers[0]}", bad, TestWorld.Cancel)).Error);
        Assert.True((await snapshots.KeepAsync($"{numbers[0]}", "run 7", TestWorld.Cancel)).IsOk);
        Assert.True((await snapshots.KeepAsync("run 7", "run 7", TestWorld.Cancel)).IsOk);
        Assert.Equal(FileSystemError.Exists, (await snapshots.KeepAsync($"{numbers[1]}", "run 7", TestWorld.Cancel)).Error);
        Assert.Equal(FileSystemError.Exists, (await snapshots.KeepAsync($"{numbers[0]}", "other", TestWorld.Cancel)).Error);
        Assert.Equal(FileSystemError.NotFound, (await snapshots.KeepAsync("999999", "other", TestWorld.Cancel)).Error);
        Assert.Equal(FileSystemError.NotFound, (await snapshots.DropAsync("other", TestWorld.Cancel)).Error);
        using var view = (await snapshots.OpenAsync("run 7", TestWorld.Cancel)).Value;
        Assert.Equal(numbers[0], view.Number);
    }

    private static async Task<TestWorld> StartAsync(Action<FakeSource>? fill = null, KeepOptions? keep = null)
    {
        var world = new TestWorld { History = new MemoryHistory(), Keep = keep ?? new KeepOptions() };
        fill?.Invoke(world.Source);
        await world.OpenAsync();
        return world;
    }

    private static async Task<Engine.Past.SnapshotView> OpenAsync(TestWorld world, long number) =>
        (await world.Engine.Snapshots.OpenAsync($"{number}", TestWorld.Cancel)).Value;

    private static async Task ChangeAsync(TestWorld world, Action change)
    {
        change();
        await world.Engine.PollAsync(TestWorld.Cancel);
    }

    /// <summary>So many snapshots more: each has one file more than the one before, named after it.</summary>
    private static async Task<List<long>> ManyAsync(TestWorld world, int count)
    {
        var numbers = new List<long>();
        await world.ListAsync("/");
        for (var i = 0; i < count; i++)
        {
            await ChangeAsync(world, () => world.Source.Put($"/file{world.Engine.Current.Number + 1}", FakeSource.Pattern(10)));
            numbers.Add(world.Engine.Status().Snapshot);
        }

        await world.Engine.Snapshots.ListAsync(TestWorld.Cancel);
        return numbers;
    }

    private static async Task<IEnumerable<long>> NumbersAsync(TestWorld world) =>
        (await world.Engine.Snapshots.ListAsync(TestWorld.Cancel)).Where(info => info.Number > 1).Select(info => info.Number);
}
