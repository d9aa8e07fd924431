using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Versions;
using VirtualView.Engine.Tests.World;
using VirtualView.Testing;

namespace VirtualView.Engine.Tests.Overlay;

public sealed class PinnedBaseTests
{
    private static readonly byte[] Remote = FakeSource.Pattern(3000);

    [Fact]
    public async Task What_is_cached_below_a_local_file_is_kept_when_the_source_has_another_version_and_over_restarts()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        Assert.Equal(Remote, await world.ReadAllAsync("/raw"));
        var below = VersionOf(world);
        Assert.False(world.World.Store.IsPinned(below));
        await WriteAsync(world, 10, [9]);
        Assert.True(world.World.Store.IsPinned(below));

        world.Source.Put("/raw", FakeSource.Pattern(3000, 2), seconds: 2000);
        await world.World.Engine.PollAsync(TestWorld.Cancel);
        world.World.Store.Unpin(below); // as a new process begins
        await world.KillAsync();
        await world.World.Engine.PollAsync(TestWorld.Cancel);
        Assert.True(world.World.Store.IsPinned(below));
        Assert.False(world.World.Store.IsPinned(VersionOf(world)));
        Assert.Equal([.. Remote[..10], 9, .. Remote[11..]], await world.ReadAllAsync("/raw"));
    }

    [Fact]
    public async Task Evict_leaves_what_a_local_file_lies_over_and_says_so()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        await world.ReadAllAsync("/raw");
        await WriteAsync(world, 10, [9]);
        var report = await world.World.Engine.Cache.EvictAsync([VirtualPath.Parse("/raw")], null, TestWorld.Cancel);
        Assert.Equal(0, report.BytesFreed);
        Assert.Equal("a local file lies over it: discard that first", Assert.Single(report.Problems).Message);
    }

    [Fact]
    public async Task A_version_is_pinned_until_the_last_of_its_holders_lets_go()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        var cache = world.World.Engine.Cache;
        await WriteAsync(world, 10, [9]);
        await cache.PinAsync([VirtualPath.Parse("/raw")], TestWorld.Cancel);
        var below = VersionOf(world);
        Assert.Equal(FileSystemError.None, world.World.Engine.Discard(VirtualPath.Parse("/raw")));
        Assert.True(world.World.Store.IsPinned(below));
        await WriteAsync(world, 10, [9]);
        await cache.UnpinAsync([VirtualPath.Parse("/raw")], TestWorld.Cancel);
        Assert.True(world.World.Store.IsPinned(below));
        Assert.Equal(FileSystemError.None, world.World.Engine.Discard(VirtualPath.Parse("/raw")));
        Assert.False(world.World.Store.IsPinned(below));
    }

    [Fact]
    public async Task An_answer_that_knows_more_than_was_recorded_is_not_joined_to_cached_blocks_of_a_base_that_is_past()
    {
        var listed = FakeSource.Weak(5000, 1000);
        var (old, other) = (FakeSource.Pattern(5000), FakeSource.Pattern(5000, seed: 2));
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", new FakeFile(old, listed, listed with { Tag = "\"one\"" })));
        var handle = await world.OpenAsync("/raw");
        Assert.Equal(FileSystemError.None, await world.WriteAsync(handle, 4999, [9]));
        Assert.Equal(old[..1000], await world.World.ReadAsync(handle, 0, 1000));
        await Eventually.TrueAsync(() => !world.World.Store.Blocks.IsEmpty);
        // The same size and time, and only the answers tell that it is another one.
        world.Source.Put("/raw", new FakeFile(other, listed, listed with { Tag = "\"two\"" }));
        Assert.Equal(FileSystemError.Stale, await ReadErrorAsync(world, handle, 2000));
        await world.CloseAsync(handle);
        await world.World.Engine.PollAsync(TestWorld.Cancel);
        await world.RestartAsync();

        handle = await world.OpenAsync("/raw");
        Assert.Equal(old[..1000], await world.World.ReadAsync(handle, 0, 1000));
        Assert.Equal(FileSystemError.Stale, await ReadErrorAsync(world, handle, 3000));
        await world.CloseAsync(handle);
    }

    /// <summary>The bytes of a version that may still change unseen are not kept: the source gives them, for as long as it agrees.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_local_file_over_a_version_that_was_too_young_goes_on_over_it_when_it_has_aged(bool restarts)
    {
        var aged = FakeSource.Weak(3000, 1000);
        var young = aged with { Strength = ValidatorStrength.Racy };
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", new FakeFile(Remote, young, young)));
        await WriteAsync(world, 10, [9]);
        world.Source.Put("/raw", new FakeFile(Remote, aged, aged));
        await world.World.Engine.PollAsync(TestWorld.Cancel);
        if (restarts) await world.RestartAsync();
        await world.World.Engine.PollAsync(TestWorld.Cancel);
        byte[] expected = [.. Remote[..10], 9, .. Remote[11..]];
        var handle = await world.OpenAsync("/raw", OpenIntent.Read);
        Assert.Equal(expected, await world.ReadAllAsync(handle));
        await Eventually.TrueAsync(() => world.World.Store.Blocks.Count == 3);
        await world.CloseAsync(handle);
        Assert.Null(world.World.Engine.LocalChanges!.At(VirtualPath.Parse("/raw"))!.Conflict);
        world.Source.Put("/raw", FakeSource.Pattern(3000, 2), seconds: 2000);
        await world.World.Engine.PollAsync(TestWorld.Cancel);
        if (restarts) await world.RestartAsync();
        Assert.Equal(expected, await world.ReadAllAsync("/raw"));
        Assert.NotNull(world.World.Engine.LocalChanges!.At(VirtualPath.Parse("/raw"))!.Conflict);
    }

    [Theory]
    [InlineData("unlink")]
    [InlineData("overwrite")]
    [InlineData("empty")]
    [InlineData("replace")]
    [InlineData("open for writing")]
    public async Task What_no_local_file_shows_any_more_is_not_kept(string how)
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        await world.ReadAllAsync("/raw");
        var below = VersionOf(world);
        if (how != "open for writing") await WriteAsync(world, 10, [9]);
        switch (how)
        {
            case "unlink":
                await world.UnlinkAsync("/raw");
                break;
            case "overwrite":
                await WriteAsync(world, 0, FakeSource.Pattern(3000, 3));
                break;
            case "empty":
                await world.SetAsync("/raw", new AttributeChange { SizeBytes = 0 });
                break;
            case "replace":
                await world.PutAsync("/other", [1]);
                await world.RenameAsync("/other", "/raw");
                break;
            default:
                await world.CloseAsync(await world.OpenAsync("/raw"));
                break;
        }

        Assert.False(world.World.Store.IsPinned(below));
    }

    [Fact]
    public async Task An_unlinked_file_that_is_open_keeps_what_it_shows()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        await WriteAsync(world, 10, [9]);
        var below = VersionOf(world);
        var handle = await world.OpenAsync("/raw");
        await world.UnlinkAsync("/raw");
        Assert.True(world.World.Store.IsPinned(below));
        world.Files.Release(handle);
        Assert.False(world.World.Store.IsPinned(below));
    }

    private static async Task<FileSystemError> ReadErrorAsync(WriteWorld world, HandleId handle, long offset) =>
        (await world.Files.ReadAsync(handle, offset, new byte[500], TestWorld.Cancel)).Error;

    private static async Task WriteAsync(WriteWorld world, long offset, byte[] bytes)
    {
        var handle = await world.OpenAsync("/raw");
        Assert.Equal(FileSystemError.None, await world.WriteAsync(handle, offset, bytes));
        await world.CloseAsync(handle);
    }

    private static VersionId VersionOf(WriteWorld world) => ((FileNode)world.World.Engine.Current.Find(VirtualPath.Parse("/raw"))!).Version!.Id;
}
