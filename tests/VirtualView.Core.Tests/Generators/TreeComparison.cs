using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Versions;

namespace VirtualView.Core.Tests.Generators;

/// <summary>Compares trees by all they say, replicas too, which <c>FileVersion.Equals</c> leaves out.</summary>
public static class TreeComparison
{
    /// <summary>The first difference in words, or null when the trees say the same.</summary>
    public static string? Difference(Snapshot left, Snapshot right) =>
        left.Number != right.Number ? $"number {left.Number} and {right.Number}"
        : left.TakenAt != right.TakenAt ? $"taken at {left.TakenAt} and {right.TakenAt}"
        : Difference(VirtualPath.Root, left.Root, right.Root);

    public static string? Difference(VirtualPath path, SnapshotNode left, SnapshotNode right) => (left, right) switch
    {
        _ when ReferenceEquals(left, right) => null,
        _ when left.Name != right.Name => $"{path}: names {left.Name} and {right.Name}",
        (DirectoryNode a, DirectoryNode b) => Directories(path, a, b),
        (FileNode { Version: { } a }, FileNode { Version: { } b }) => Versions(a, b) ? null : $"{path}: versions {a} and {b}",
        (FileNode { Version: null }, FileNode { Version: null }) => null,
        (SymlinkNode a, SymlinkNode b) => a.SameEntry(b) ? null : $"{path}: links",
        _ => $"{path}: {left.GetType().Name} and {right.GetType().Name}",
    };

    private static string? Directories(VirtualPath path, DirectoryNode left, DirectoryNode right) =>
        !left.SameEntry(right) ? $"{path}: directories"
        : left.Children.Length != right.Children.Length ? $"{path}: {left.Children.Length} and {right.Children.Length} entries"
        : left.Children.Zip(right.Children, (a, b) => Difference(path / a.Name, a, b)).FirstOrDefault(found => found is not null);

    private static bool Versions(FileVersion left, FileVersion right) =>
        left.Id == right.Id && left.SizeBytes == right.SizeBytes && left.ModifiedAt == right.ModifiedAt
        && left.Replicas.SequenceEqual(right.Replicas);
}
