using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Versions;
using VirtualView.Engine.Fetching;
using VirtualView.Engine.Polling;

namespace VirtualView.Engine.Snapshots;

/// <summary>Puts into the snapshot what fetching finds out.</summary>
internal sealed class VersionNotes(SnapshotKeeper keeper, SnapshotSaver saver, DirectoryLister lister, WorkSet work) : IVersionNotes
{
    /// <summary>The name should lead to what is there now as soon as can be.</summary>
    public void Lost(VirtualPath path) =>
        work.TryStart("list a directory whose file changed", async stop => await lister.ListAsync(path.Parent, stop));

    public void Learned(VirtualPath path, VersionId version, Replica replica, Validator validator)
    {
        keeper.Amend(path, node => node is FileNode { Version: { } known } file && known.Id == version
            ? new FileNode(file.Name, known with { Replicas = [.. known.Replicas.Select(LearnIfSame)] })
            : node);
        saver.Changed();

        Replica LearnIfSame(Replica other) => other == replica ? replica with { Validator = validator } : other;
    }
}
