using CsCheck;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Units;

namespace VirtualView.Core.Tests.Generators;

/// <summary>One change that fits any tree: it picks its place by number among what is there.</summary>
public sealed record TreeChange(TreeChange.What Does, int Pick, int PickChild, SnapshotNode Graft, UnixTime At)
{
    public enum What
    {
        Put,
        Remove,
        Touch,
        Forget,
        Relist,
    }

    public static readonly Gen<TreeChange> Any = Gen.Select(
        Gen.Enum<What>(), Gen.Int[0, 1000], Gen.Int[0, 1000], TreeGen.Graft, VersionGen.Time,
        (does, pick, child, graft, at) => new TreeChange(does, pick, child, graft, at));

    public Snapshot ApplyTo(Snapshot tree)
    {
        var directories = TreeWalk.Of(tree).Where(entry => entry.Node is DirectoryNode).ToList();
        var (path, node) = directories[Pick % directories.Count];
        var directory = (DirectoryNode)node;
        return Does switch
        {
            What.Put => tree.With(path / Graft.Name, Graft, At),
            What.Remove when !directory.Children.IsEmpty =>
                tree.Without(path / directory.Children[PickChild % directory.Children.Length].Name, At),
            What.Forget => tree.With(path, DirectoryNode.Unknown(path.Name, At), At),
            What.Relist => tree.With(path, DirectoryNode.Listed(path.Name, directory.Children, directory.ModifiedAt), At),
            _ => tree.With(path, DirectoryNode.Listed(path.Name, directory.Children, At), At),
        };
    }
}
