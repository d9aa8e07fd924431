using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests;

/// <summary>Names do not leave an inode on which somebody holds a lock.</summary>
public sealed class LockedFileTests
{
    private static readonly byte[] Old = FakeSource.Pattern(900);
    private static readonly byte[] New = FakeSource.Pattern(700, 2);

    private readonly FakeLocks _locks = new();

    [Fact]
    public async Task A_locked_file_stays_on_its_inode_when_the_source_changes_and_moves_on_when_the_lock_is_gone()
    {
        await using var world = await ChangingAsync();
        var before = (await world.LookupAsync("/d/f")).Value;
        var handle = await OpenAsync(world);
        _locks.Inodes = [before.InodeNumber];
        await ChangeAsync(world);
        Assert.Equal(before, (await world.LookupAsync("/d/f")).Value);
        Assert.Equal(Old.Length, ((FileNode)world.Engine.Current.Find(VirtualPath.Parse("/d/f"))!).SizeBytes);
        Assert.Equal(Old.Length, (await world.LookupAsync("/d/beside")).Value.SizeBytes); // which is not locked
        Assert.True((await world.Files.OpenAsync(before.Node, OpenIntent.Read, TestWorld.Cancel)).IsOk);

        _locks.Inodes = [];
        await world.Engine.PollAsync(TestWorld.Cancel);
        Assert.Equal(New.Length, (await world.LookupAsync("/d/f")).Value.SizeBytes);
        Assert.Equal(Old, await world.ReadAsync(handle, 0, 2000));
    }

    [Fact]
    public async Task It_moves_on_with_the_close_that_lets_the_lock_go()
    {
        await using var world = await ChangingAsync();
        var handle = await OpenAsync(world);
        _locks.Inodes = [(await world.LookupAsync("/d/f")).Value.InodeNumber];
        await ChangeAsync(world);
        _locks.Inodes = [];
        world.Files.Release(handle);
        await TestWorld.UntilAsync(() => ((FileNode)world.Engine.Current.Find(VirtualPath.Parse("/d/f"))!).SizeBytes == New.Length);
    }

    [Fact]
    public async Task A_close_of_another_handle_leaves_a_locked_file_where_it_is()
    {
        await using var world = await ChangingAsync();
        var (holder, other) = (await OpenAsync(world), await OpenAsync(world));
        _locks.Inodes = [(await world.LookupAsync("/d/f")).Value.InodeNumber];
        await ChangeAsync(world);
        var asked = _locks.Asked;
        world.Files.Release(other);
        await TestWorld.UntilAsync(() => _locks.Asked > asked);
        await world.Engine.PollAsync(TestWorld.Cancel);
        Assert.Equal(Old.Length, (await world.LookupAsync("/d/f")).Value.SizeBytes);
        world.Files.Release(holder);
    }

    [Fact]
    public async Task An_open_file_without_a_lock_moves_on()
    {
        await using var world = await ChangingAsync();
        await OpenAsync(world);
        _locks.Inodes = [1];
        await ChangeAsync(world);
        Assert.Equal(New.Length, (await world.LookupAsync("/d/f")).Value.SizeBytes);
        Assert.Equal(1, _locks.Asked);
    }

    [Fact]
    public async Task The_kernel_is_not_asked_where_nothing_open_changes()
    {
        await using var world = await ChangingAsync();
        var handle = await OpenAsync(world);
        await world.Engine.PollAsync(TestWorld.Cancel);
        world.Files.Release(handle);
        await ChangeAsync(world);
        Assert.Equal(0, _locks.Asked);
    }

    private async Task<TestWorld> ChangingAsync()
    {
        var world = await TestWorld.StartAsync(source =>
        {
            source.Put("/d/f", Old);
            source.Put("/d/beside", New);
        });
        world.Engine.Locks = _locks;
        return world;
    }

    private static async Task ChangeAsync(TestWorld world)
    {
        world.Source.Put("/d/f", New, seconds: 2000);
        world.Source.Put("/d/beside", Old, seconds: 2000);
        await world.Engine.PollAsync(TestWorld.Cancel);
    }

    private static async Task<HandleId> OpenAsync(TestWorld world)
    {
        var opened = await world.Files.OpenAsync((await world.LookupAsync("/d/f")).Value.Node, OpenIntent.Read, TestWorld.Cancel);
        await world.ReadAsync(opened.Value, 0, 2000);
        return opened.Value;
    }
}
