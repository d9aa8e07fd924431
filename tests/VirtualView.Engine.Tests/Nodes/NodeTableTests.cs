using Microsoft.Extensions.Time.Testing;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Versions;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Nodes;

public sealed class NodeTableTests
{
    private static readonly PathName Directory = PathName.Of("d");
    private static readonly PathName Name = PathName.Of("f");
    private static readonly VirtualPath FilePath = VirtualPath.Parse("/d/f");
    private readonly SnapshotKeeper _keeper;
    private readonly NodeTable _nodes;

    public NodeTableTests()
    {
        var directory = DirectoryNode.Listed(Directory, [File(1)], default);
        _keeper = new SnapshotKeeper(new Snapshot(1, default, DirectoryNode.Listed(default, [directory], default)), new FakeTimeProvider());
        _nodes = new NodeTable(_keeper);
        _keeper.Published += (path, _, _) => _nodes.Refresh(path);
    }

    [Fact]
    public void A_node_lives_as_long_as_it_has_lookups()
    {
        var first = Lookup();
        Assert.Same(first, _nodes.Lookup(first.Directory!, Name));
        _nodes.Forget(first.Id, 1);
        Assert.Same(first, _nodes.Find(first.Id));

        _nodes.Forget(first.Id, 1);

        Assert.Null(_nodes.Find(first.Id));
        Assert.NotEqual(first.Id, _nodes.Lookup(first.Directory!, Name)!.Id);
    }

    [Fact]
    public void Forgetting_more_than_was_looked_up_or_the_root_harms_nothing()
    {
        _nodes.Forget(Lookup().Id, 100);
        _nodes.Forget(NodeId.Root, 1);
        _nodes.Forget(new NodeId(99), 1);

        Assert.NotNull(_nodes.Find(NodeId.Root));
    }

    [Fact]
    public void A_new_version_is_a_new_node_and_the_old_one_cannot_be_opened()
    {
        var old = Lookup();
        _keeper.Update(FilePath, _ => File(2));

        Assert.True(old.IsSuperseded);
        Assert.False(_nodes.TryPin(old));
        Assert.NotEqual(old.Id, _nodes.Lookup(old.Directory!, Name)!.Id);
    }

    [Fact]
    public void A_directory_that_was_forgotten_first_still_tells_its_files_that_they_changed()
    {
        var file = Lookup();
        _nodes.Forget(file.Directory!.Id, 1);

        _keeper.Update(FilePath, _ => File(2));
        Assert.True(file.IsSuperseded);
        _nodes.Forget(file.Id, 1);

        Assert.Equal(1, _nodes.Count);
    }

    [Fact]
    public void What_lies_in_a_directory_that_is_gone_is_gone_too()
    {
        var file = Lookup();
        _keeper.Update(VirtualPath.Parse("/d"), _ => null);
        _keeper.Update(VirtualPath.Root, _ => DirectoryNode.Listed(default, [DirectoryNode.Listed(Directory, [File(1)], default)], default));

        Assert.True(file.IsSuperseded);
        Assert.Null(_nodes.Lookup(file.Directory!, Name));
        Assert.NotEqual(file.Directory!.Id, _nodes.Lookup(_nodes.Find(NodeId.Root)!, Directory)!.Id);
    }

    [Fact]
    public void A_node_with_a_handle_outlives_its_lookups()
    {
        var file = Lookup();
        Assert.True(_nodes.TryPin(file));
        _nodes.Forget(file.Id, 1);
        Assert.Same(file, _nodes.Find(file.Id));

        _nodes.Unpin(file);

        Assert.Null(_nodes.Find(file.Id));
        Assert.False(_nodes.TryPin(file));
    }

    [Fact]
    public async Task A_lookup_beside_a_change_never_leaves_an_old_node_current()
    {
        for (var round = 0; round < 300; round++)
        {
            var directory = Lookup().Directory!;
            var version = round + 2;
            var change = Task.Run(() => _keeper.Update(FilePath, _ => File(version)), TestWorld.Cancel);
            var found = await Task.Run(() => _nodes.Lookup(directory, Name)!, TestWorld.Cancel);
            await change;

            var isCurrent = found.StandsFor(_keeper.Current.Find(FilePath));
            Assert.Equal(!isCurrent, found.IsSuperseded);
        }
    }

    private Node Lookup() => _nodes.Lookup(_nodes.Lookup(_nodes.Find(NodeId.Root)!, Directory)!, Name)!;

    private static FileNode File(long size) =>
        new(Name, FileVersion.FirstSeen(new Replica(new SourceId(Guid.Empty), FilePath, FakeSource.Weak(size, 1000)), default));
}
