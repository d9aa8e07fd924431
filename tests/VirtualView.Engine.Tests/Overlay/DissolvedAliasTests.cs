using VirtualView.Core.Paths;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Overlay;

/// <summary>A file that was open to be written and is as it was follows its source again, and the kernel learns it.</summary>
public sealed class DissolvedAliasTests
{
    private readonly RecordingNotifier _kernel = new();

    [Fact]
    public async Task The_kernel_is_told_when_the_source_changed_meanwhile()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/d/raw", FakeSource.Pattern(3000)));
        world.World.Engine.Notifier = _kernel;
        var (directory, node) = (await world.NodeAsync("/d"), await world.NodeAsync("/d/raw"));
        var handle = await world.OpenAsync("/d/raw");
        world.Source.Put("/d/raw", FakeSource.Pattern(500, 2), seconds: 2000);
        await world.World.Engine.PollAsync(TestWorld.Cancel);
        _kernel.Names.Clear();
        _kernel.Nodes.Clear();
        await world.CloseAsync(handle);
        Assert.Contains((directory, PathName.Of("raw")), _kernel.Names);
        Assert.Contains(node, _kernel.Nodes);
        Assert.Equal(500, (await world.StatAsync("/d/raw")).SizeBytes);
    }

    [Fact]
    public async Task Names_are_left_alone_when_it_did_not()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/d/raw", FakeSource.Pattern(3000)));
        world.World.Engine.Notifier = _kernel;
        var node = await world.NodeAsync("/d/raw");
        await world.CloseAsync(await world.OpenAsync("/d/raw"));
        Assert.Contains(node, _kernel.Nodes); // its times were its own
        Assert.Empty(_kernel.Names);
    }
}
