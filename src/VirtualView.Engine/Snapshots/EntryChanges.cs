using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;

namespace VirtualView.Engine.Snapshots;

/// <summary>What a change of one entry means for the entries below it; what lies beside it is not looked at.</summary>
internal static class EntryChanges
{
    public static IEnumerable<SnapshotChange> Of(VirtualPath path, SnapshotNode before, SnapshotNode? after) =>
        (before, after) switch
        {
            (DirectoryNode left, DirectoryNode right) => Below(path, left, right),
            (_, null) => [new SnapshotChange(ChangeKind.Removed, path, before, null)],
            _ => [new SnapshotChange(ChangeKind.Changed, path, before, after)],
        };

    private static IEnumerable<SnapshotChange> Below(VirtualPath path, DirectoryNode before, DirectoryNode after) =>
        SnapshotDiff.Between(new Snapshot(0, default, before), new Snapshot(0, default, after))
            .Select(change => change with { Path = path / change.Path });
}
