using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Versions;
using VirtualView.Engine.Mappings;

namespace VirtualView.Engine.Polling.Deletions;

/// <summary>
/// Counts what a source has in the view: its files; and links, files of which only the name is known, and directories
/// that were never listed, which may be of any source of their mapping.
/// </summary>
internal static class KnownFiles
{
    public static long Of(SourceId source, DirectoryNode root, MappingTable mappings) =>
        mappings.Showing(source).Sum(at => Find(root, at) is { } directory ? OfMapping(source, at, directory, mappings) : 0);

    /// <summary>All of one entry, with what lies below it.</summary>
    public static long Below(SourceId source, SnapshotNode node) => node switch
    {
        FileNode { Version: { } version } => IsOf(source, version) ? 1 : 0,
        DirectoryNode { IsListed: true } directory => Sum(source, directory.Children),
        _ => 1,
    };

    private static bool IsOf(SourceId source, FileVersion version)
    {
        foreach (var replica in version.Replicas)
        {
            if (replica.Source == source) return true;
        }

        return false;
    }

    private static long Sum(SourceId source, ImmutableArray<SnapshotNode> children)
    {
        var sum = 0L;
        foreach (var child in children)
            sum += Below(source, child);
        return sum;
    }

    /// <summary>What lies under deeper mappings is not of this one.</summary>
    private static long OfMapping(SourceId source, VirtualPath path, DirectoryNode directory, MappingTable mappings)
    {
        var mountedBelow = mappings.Directory(path).MountedBelow;
        if (mountedBelow.IsEmpty) return Below(source, directory);
        return directory.Children.Sum(child =>
            !mountedBelow.Contains(child.Name) ? Below(source, child)
            : child is DirectoryNode below && mappings.Directory(path / child.Name) is var deeper && deeper.Mapping == mappings.Directory(path).Mapping
                ? OfMapping(source, path / child.Name, below, mappings)
                : 0);
    }

    private static DirectoryNode? Find(DirectoryNode root, VirtualPath path)
    {
        SnapshotNode? node = root;
        foreach (var name in path.Names)
            node = (node as DirectoryNode)?.Find(name);
        return node as DirectoryNode;
    }
}
