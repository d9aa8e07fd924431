using VirtualView.Core.Outcomes;
using VirtualView.Core.Sources;
using VirtualView.Engine.Tests.World;
using VirtualView.Testing;

namespace VirtualView.Engine.Tests;

/// <summary>What a restart shows before any source answers.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task A_restart_reads_from_state_and_store_without_asking_a_source()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/a/f", FakeSource.Pattern(5000)));
        var handle = await world.OpenFileAsync("/a/f");
        var bytes = await world.ReadAsync(handle, 0, 5000);
        world.Files.Release(handle);
        await Eventually.TrueAsync(() => world.Store.Blocks.Count == 5);
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
    public async Task What_was_shown_under_other_mappings_goes_at_the_restart()
    {
        await using var world = new TestWorld();
        world.Source.Put("/a/f", [1]);
        await world.OpenAsync(mappings: [TestWorld.Mapping("/old", world.Source)]);
        Assert.True((await world.LookupAsync("/old/a/f")).IsOk);
        world.Source.Failure = new SourceError(SourceErrorKind.Unreachable, "down");

        await world.RestartAsync(mappings: [TestWorld.Mapping("/new", world.Source)]);

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
}
