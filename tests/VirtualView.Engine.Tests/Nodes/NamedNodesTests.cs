using CsCheck;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Nodes;

namespace VirtualView.Engine.Tests.Nodes;

public sealed class NamedNodesTests
{
    private static readonly Node Root = new(NodeId.Root, null, DirectoryNode.Unknown(default, default));

    private readonly record struct Step(int Name, bool IsAdd);

    [Fact]
    public void Nodes_by_name_and_by_id_are_found_as_in_dictionaries() =>
        Gen.Select(Gen.Int[0, 60], Gen.Bool, (name, isAdd) => new Step(name, isAdd)).Array[0, 400].Sample(steps =>
        {
            var (named, pages) = (new NamedNodes(), new NodePages());
            var model = new Dictionary<PathName, Node>();
            ulong lastId = 1;
            foreach (var step in steps)
            {
                var name = PathName.Of($"f{step.Name}");
                if (step.IsAdd && !model.ContainsKey(name))
                {
                    // Far apart, so that pages come and go.
                    var node = new Node(new NodeId(lastId += 400), Root, new FileNode(name, null));
                    model.Add(name, node);
                    named.Add(node);
                    pages.Add(node);
                }
                else if (!step.IsAdd && model.Remove(name, out var gone))
                {
                    Assert.True(named.Remove(gone));
                    Assert.True(pages.Remove(gone.Id.Value));
                    Assert.False(pages.Remove(gone.Id.Value));
                    Assert.Null(pages.Find(gone.Id.Value));
                }
            }

            Assert.Equal((model.Count, model.Count), (named.Count, pages.Count));
            for (var at = 0; at <= 60; at++)
            {
                var name = PathName.Of($"f{at}");
                Assert.Same(model.GetValueOrDefault(name), named.Find(name));
            }

            Assert.All(model.Values, node => Assert.Same(node, pages.Find(node.Id.Value)));
        });

    [Fact]
    public void Only_the_very_node_is_removed()
    {
        var named = new NamedNodes();
        var name = PathName.Of("f");
        var (old, current) = (new Node(new NodeId(2), Root, new FileNode(name, null)), new Node(new NodeId(3), Root, new FileNode(name, null)));

        Assert.False(named.Remove(old));
        named.Add(current);

        Assert.False(named.Remove(old));
        Assert.Same(current, named.Find(name));
    }
}
