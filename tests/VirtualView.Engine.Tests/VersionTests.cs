using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Versions;
using VirtualView.Engine.Tests.World;
using VirtualView.Testing;

namespace VirtualView.Engine.Tests;

/// <summary>A handle stays on its version, and a name leads to the newest.</summary>
public sealed class VersionTests
{
    private static CancellationToken Cancel => TestWorld.Cancel;

    [Fact]
    public async Task A_changed_file_has_a_new_node_and_the_old_handle_never_sees_new_bytes()
    {
        await using var world = await TestWorld.StartAsync();
        var old = world.Source.Put("/f", FakeSource.Pattern(3000));
        var before = (await world.LookupAsync("/f")).Value;
        var handle = await world.OpenFileAsync("/f");
        Assert.Equal(old[..1000], await world.ReadAsync(handle, 0, 1000));
        await Eventually.TrueAsync(() => world.Store.Blocks.Count == 1);

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

        await Eventually.TrueAsync(() => world.LookupAsync("/f").IsCompletedSuccessfully && world.Engine.Current.Number > 1);
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

        await Eventually.TrueAsync(() => world.Source.Stats > 0 && world.Validator("/f").Contains('y', StringComparison.Ordinal));
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
        await Eventually.TrueAsync(() => world.Store.Blocks.Count == 3);
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
}
