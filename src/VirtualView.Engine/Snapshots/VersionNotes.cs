using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Versions;
using VirtualView.Engine.Fetching;
using VirtualView.Engine.Polling;

namespace VirtualView.Engine.Snapshots;

/// <summary>Puts into the snapshot what fetching finds out.</summary>
internal sealed class VersionNotes(SnapshotKeeper keeper, SnapshotSaver saver, FileResolver resolver, WorkSet work) : IVersionNotes
{
    /// <summary>
    /// The name should lead to what is there now as soon as can be. A stat, not a listing: only it may know the tag by
    /// which the two versions differ.
    /// </summary>
    public void Lost(VirtualPath path) =>
        work.TryStart("ask for a file that changed", async stop => await resolver.ResolveAsync(path, stop));

    public void Learned(VirtualPath path, VersionId version, Replica replica, Validator validator)
    {
        keeper.Amend(path, node => node is FileNode { Version: { } known } file && known.Id == version
            ? new FileNode(file.Name, known with { Replicas = [.. known.Replicas.Select(LearnIfSame)] })
            : node);
        saver.Changed();

        Replica LearnIfSame(Replica other) =>
            other.Source == replica.Source && other.Path == replica.Path && other.Validator.Agrees(validator)
                ? other with { Validator = other.Validator.Learn(validator) }
                : other;
    }
}
