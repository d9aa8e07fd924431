using VirtualView.Core.Paths;
using VirtualView.Engine.VirtualFiles;

namespace VirtualView.Engine.Past;

/// <summary>A path below <c>.virtualview/snapshots</c>: which snapshot it means, and the path in that.</summary>
internal readonly record struct PastPath(PathName Snapshot, VirtualPath Path)
{
    public static bool TryParse(VirtualPath path, out PastPath past)
    {
        past = default;
        if (path.Names is not [var first, var second, var snapshot, .. var rest] || first != VirtualTree.Name || second != SnapshotTrees.FolderName) return false;
        past = new PastPath(snapshot, VirtualPath.Of(rest));
        return true;
    }

    public override string ToString() => $"/{VirtualTree.Name}/{SnapshotTrees.FolderName}/{Snapshot}{(Path.IsRoot ? "" : Path)}";
}
