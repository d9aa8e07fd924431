using System.Text;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Tests.World;
using VirtualView.Engine.VirtualFiles;

namespace VirtualView.Engine.Tests.VirtualFiles;

public sealed class VirtualFilesTests
{
    private static readonly PathName Directory = PathName.Of(".virtualview");
    private static readonly PathName File = PathName.Of("count");
    private int _made;

    private static CancellationToken Cancel => TestWorld.Cancel;

    [Fact]
    public async Task Each_lookup_is_a_new_making_and_what_is_open_stays_as_it_was()
    {
        await using var world = await StartAsync();
        var first = await LookupAsync(world);
        var handle = (await world.Files.OpenAsync(first.Node, OpenIntent.Read, Cancel)).Value;
        var second = await LookupAsync(world);
        Assert.NotEqual(first.Node, second.Node);
        Assert.Equal(first.InodeNumber, second.InodeNumber);
        Assert.Equal("making 1", Read(world, handle, (int)first.SizeBytes + 10));
        Assert.Equal("making 2", Read(world, (await world.Files.OpenAsync(second.Node, OpenIntent.Read, Cancel)).Value, 100));
        Assert.Equal(0, world.Files.TryRead(handle, 1000, new byte[1]).Bytes);
    }

    [Fact]
    public async Task A_making_that_grew_old_is_superseded_as_any_file()
    {
        await using var world = await StartAsync();
        var node = (await LookupAsync(world)).Node;
        world.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(FileSystemError.Stale, (await world.Files.OpenAsync(node, OpenIntent.Read, Cancel)).Error);
    }

    [Fact]
    public async Task What_is_forgotten_is_gone()
    {
        await using var world = await StartAsync();
        var node = (await LookupAsync(world)).Node;
        Assert.True((await world.Files.GetAttributesAsync(node, Cancel)).IsOk);
        world.Files.Forget(node, 1);
        Assert.Equal(FileSystemError.Stale, (await world.Files.GetAttributesAsync(node, Cancel)).Error);
    }

    [Fact]
    public async Task It_hides_a_real_entry_of_that_name_and_is_read_only_and_holds_nothing_else()
    {
        await using var world = await StartAsync(source => source.Put("/.virtualview/real", [1]));
        var directory = (await world.Files.LookupAsync(NodeId.Root, Directory, Cancel)).Value;
        Assert.Equal(EntryKind.Directory, directory.Kind);
        Assert.Equal(FileSystemError.NotFound, (await world.Files.LookupAsync(directory.Node, PathName.Of("real"), Cancel)).Error);
        Assert.Equal(FileSystemError.IsADirectory, (await world.Files.OpenAsync(directory.Node, OpenIntent.Read, Cancel)).Error);
        var node = (await LookupAsync(world)).Node;
        Assert.Equal(FileSystemError.ReadOnly, (await world.Files.OpenAsync(node, OpenIntent.Write, Cancel)).Error);
        Assert.Equal(FileSystemError.NotADirectory, (await world.Files.LookupAsync(node, File, Cancel)).Error);
        Assert.Equal(FileSystemError.NoAttribute, world.Files.GetExtendedAttribute(node, "user.virtualview.version"u8).Error);
    }

    [Fact]
    public async Task Below_the_root_the_name_is_as_any_other()
    {
        await using var world = await StartAsync(source => source.Put("/a/.virtualview", [1, 2]));
        Assert.Equal(2, (await world.LookupAsync("/a/.virtualview")).Value.SizeBytes);
    }

    private async Task<TestWorld> StartAsync(Action<FakeSource>? fill = null)
    {
        var world = new TestWorld { VirtualFiles = [new VirtualFile(File, _ => Encoding.UTF8.GetBytes($"making {++_made}"))] };
        fill?.Invoke(world.Source);
        await world.OpenAsync();
        return world;
    }

    private static async Task<NodeAttributes> LookupAsync(TestWorld world)
    {
        var directory = (await world.Files.LookupAsync(NodeId.Root, Directory, Cancel)).Value;
        return (await world.Files.LookupAsync(directory.Node, File, Cancel)).Value;
    }

    private static string Read(TestWorld world, HandleId handle, int length)
    {
        var into = new byte[length];
        var step = world.Files.TryRead(handle, 0, into);
        Assert.True(step.IsDone);
        return Encoding.UTF8.GetString(into, 0, step.Bytes);
    }
}
