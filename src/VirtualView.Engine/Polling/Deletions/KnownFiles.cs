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
    /// <summary>All of a source. What may be of several counts for each of them in part.</summary>
    public static FileCount Of(SourceId source, DirectoryNode root, MappingTable mappings)
    {
        var sum = default(FileCount);
        foreach (var mapping in mappings.Showing(source))
        {
            if (Find(root, mapping.At) is not { } directory) continue;
            var count = OfMapping(source, mapping.At, directory, mappings);
            sum += mapping.Sources.Length == 1 ? new FileCount(count.Total, 0) : count with { Doubtful = count.Doubtful / mapping.Sources.Length };
        }

        return sum;
    }

    /// <summary>All of one entry, with what lies below it.</summary>
    /// <param name="isOnly">True when no other source can have it.</param>
    public static FileCount Below(SourceId source, SnapshotNode node, bool isOnly) =>
        isOnly ? new FileCount(Below(source, node).Total, 0) : Below(source, node);

    private static FileCount Below(SourceId source, SnapshotNode node) => node switch
    {
        FileNode { HasVersion: true } file => new FileCount(file.IsAt(source) ? 1 : 0, 0),
        DirectoryNode { IsListed: true } directory => Sum(source, directory.Children),
        _ => new FileCount(0, 1),
    };

    private static FileCount Sum(SourceId source, ImmutableArray<SnapshotNode> children)
    {
        var sum = default(FileCount);
        foreach (var child in children)
            sum += Below(source, child);
        return sum;
    }

    /// <summary>What lies under deeper mappings is not of this one.</summary>
    private static FileCount OfMapping(SourceId source, VirtualPath path, DirectoryNode directory, MappingTable mappings)
    {
        var (mapping, _, mountedBelow) = mappings.Directory(path);
        if (mountedBelow.IsEmpty) return Below(source, directory);
        var sum = default(FileCount);
        foreach (var child in directory.Children)
        {
            if (!mountedBelow.Contains(child.Name)) sum += Below(source, child);
            else if (child is DirectoryNode below && mappings.Covering(path / child.Name)?.At == mapping?.At) sum += OfMapping(source, path / child.Name, below, mappings);
        }

        return sum;
    }

    private static DirectoryNode? Find(DirectoryNode root, VirtualPath path)
    {
        SnapshotNode? node = root;
        foreach (var name in path.Names)
            node = (node as DirectoryNode)?.Find(name);
        return node as DirectoryNode;
    }
}
