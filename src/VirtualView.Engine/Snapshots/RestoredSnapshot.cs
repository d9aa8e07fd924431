using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Mappings;

namespace VirtualView.Engine.Snapshots;

/// <summary>
/// Fits a snapshot that was made under other mappings to those of now: what no mapping shows any more goes at once,
/// because no listing would ever find that it is gone. What fits comes out as the very same objects.
/// </summary>
internal sealed class RestoredSnapshot(MappingTable mappings)
{
    public Snapshot Fit(Snapshot restored) => restored with { Root = Fit(VirtualPath.Root, restored.Root) };

    private DirectoryNode Fit(VirtualPath path, DirectoryNode node)
    {
        if (!node.IsListed) return node;
        var directory = mappings.Directory(path);
        var children = new List<SnapshotNode>(node.Children.Length);
        var isSame = true;
        foreach (var child in node.Children)
        {
            var fitted = Fit(path, directory, child);
            if (fitted is not null) children.Add(fitted);
            isSame &= ReferenceEquals(fitted, child);
        }

        if (isSame) return node;
        // Where nothing is left, what is there now is unknown, not empty.
        return children.Count == 0
            ? DirectoryNode.Unknown(node.Name, node.ModifiedAt)
            : DirectoryNode.Listed(node.Name, children, node.ModifiedAt);
    }

    private SnapshotNode? Fit(VirtualPath path, MappedDirectory directory, SnapshotNode child)
    {
        if (child is DirectoryNode below && directory.MountedBelow.Contains(child.Name)) return Fit(path / child.Name, below);
        if (directory.Mapping is null) return null;
        return child switch
        {
            DirectoryNode deeper => Fit(path / child.Name, deeper),
            FileNode file => Fit(directory, file),
            _ => child,
        };
    }

    private static FileNode? Fit(MappedDirectory directory, FileNode file)
    {
        // Mostly all files of a directory share one copy: then no version is made.
        if (file.Shared is { } copy)
            return directory.Mapping!.Sources.Contains(copy.Source) && copy.Directory == directory.PathAtSource ? file : null;
        if (file.Version is not { } version) return file;
        var path = directory.PathAtSource / file.Name;
        var fitting = version.Replicas.RemoveAll(replica => !directory.Mapping!.Sources.Contains(replica.Source) || replica.Path != path);
        if (fitting.Length == version.Replicas.Length) return file;
        return fitting.IsEmpty ? null : new FileNode(file.Name, version with { Replicas = fitting });
    }
}
