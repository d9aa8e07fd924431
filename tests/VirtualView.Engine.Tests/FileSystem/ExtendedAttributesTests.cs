using System.Text;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Sources;
using VirtualView.Engine.Tests.World;
using VirtualView.Testing;

namespace VirtualView.Engine.Tests.FileSystem;

public sealed class ExtendedAttributesTests
{
    [Fact]
    public async Task A_file_tells_its_version_state_sources_and_what_is_cached()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/f", FakeSource.Pattern(2500)));
        var node = (await world.LookupAsync("/f")).Value.Node;
        await world.ReadAsync(await world.OpenFileAsync("/f"), 0, 1);
        await Eventually.TrueAsync(() => world.Store.Blocks.Count == 1);

        Assert.Equal(32, Get(world, node, "user.virtualview.version").Length);
        Assert.Equal("clean", Get(world, node, "user.virtualview.state"));
        Assert.Equal("one", Get(world, node, "user.virtualview.sources"));
        Assert.Equal("1000", Get(world, node, "user.virtualview.cached"));

        world.Source.Failure = new SourceError(SourceErrorKind.Unreachable, "down");
        await world.Engine.PollAsync(TestWorld.Cancel);
        Assert.Equal("offline", Get(world, node, "user.virtualview.state"));
    }

    [Fact]
    public async Task Other_names_and_directories_have_none()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/f", [1]));
        var node = (await world.LookupAsync("/f")).Value.Node;

        Assert.Equal(FileSystemError.NoAttribute, world.Files.GetExtendedAttribute(node, "user.other"u8).Error);
        Assert.Equal(FileSystemError.NoAttribute, world.Files.GetExtendedAttribute(node, "user.virtualview."u8).Error);
        Assert.Equal(FileSystemError.NoAttribute, world.Files.GetExtendedAttribute(NodeId.Root, "user.virtualview.version"u8).Error);
    }

    private static string Get(TestWorld world, NodeId node, string name) =>
        Encoding.UTF8.GetString(world.Files.GetExtendedAttribute(node, Encoding.UTF8.GetBytes(name)).Value.Span);
}
