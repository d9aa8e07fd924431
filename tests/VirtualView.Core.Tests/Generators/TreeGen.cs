using CsCheck;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;

namespace VirtualView.Core.Tests.Generators;

/// <summary>Random trees of every kind of node.</summary>
public static class TreeGen
{
    private const int Depth = 4;

    public static readonly Gen<Snapshot> Snapshot = Gen.Select(
        Gen.Long[0, 1000], VersionGen.Time, Directory(VirtualPath.Root, Depth), (number, at, root) => new Snapshot(number, at, root));

    /// <summary>Something to put into a tree that is there.</summary>
    public static readonly Gen<SnapshotNode> Graft = Node(VirtualPath.Root, 2);

    public static Gen<DirectoryNode> Directory(VirtualPath path, int depth) =>
        Gen.Select(
            Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false))), VersionGen.Time, Node(path, depth - 1).Array[0, 5],
            (isListed, at, children) => isListed
                ? DirectoryNode.Listed(path.Name, children.DistinctBy(child => child.Name), at)
                : DirectoryNode.Unknown(path.Name, at));

    private static Gen<SnapshotNode> Node(VirtualPath parent, int depth) =>
        NameGen.Name.SelectMany(name => Gen.Frequency(
            (4, File(parent / name)),
            (1, Gen.Const<SnapshotNode>(new FileNode(name, null))),
            (1, Link(name)),
            (depth > 0 ? 3 : 0, depth > 0 ? Directory(parent / name, depth).Cast<DirectoryNode, SnapshotNode>() : Link(name))));

    private static Gen<SnapshotNode> File(VirtualPath path) =>
        VersionGen.At(path).Select(version => (SnapshotNode)new FileNode(path.Name, version));

    private static Gen<SnapshotNode> Link(PathName name) =>
        Gen.Select(NameGen.Bytes, VersionGen.Time, (target, at) => (SnapshotNode)new SymlinkNode(name, [.. target], at));

    private static Gen<TTo> Cast<TFrom, TTo>(this Gen<TFrom> gen)
        where TFrom : TTo =>
        gen.Select(value => (TTo)value);
}
