using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;
using VirtualView.Core.Versions;
using VirtualView.Engine.FileSystem;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Past;

/// <summary>What was recorded of a fixed snapshot. No source is asked what it is: only, when bytes are read, whether it still has them.</summary>
/// <param name="history">Null where all of the snapshot is in memory.</param>
/// <param name="keeper">Of the fixed snapshot: it is filled as directories are looked into.</param>
/// <param name="live">The view as it is now, for what was learned of versions that it still shows.</param>
internal sealed class RecordedOrigin(ISnapshotHistory? history, SnapshotKeeper keeper, SnapshotKeeper live) : IOrigin
{
    public bool IsDue(VirtualPath directory) => false;

    public bool NeedsAsking(SnapshotNode? entry) => entry is FileNode { HasVersion: false };

    public async ValueTask<FileSystemError> ListAsync(VirtualPath directory, CancellationToken cancel)
    {
        if (history is null) return FileSystemError.NotRecorded;
        Outcome<DirectoryNode> read;
        try
        {
            read = await history.ReadAsync(keeper.Current.Number, directory, cancel);
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            return FileSystemError.Internal;
        }

        if (!read.TryGet(out var recorded)) return read.Error;
        keeper.Fill(directory, recorded);
        return recorded.IsListed ? FileSystemError.None : FileSystemError.NotRecorded;
    }

    public ValueTask ListAgainAsync(VirtualPath directory, CancellationToken cancel) => ValueTask.CompletedTask;

    public ValueTask<FileSystemError> AskAsync(VirtualPath directory, FileNode file, CancellationToken cancel) =>
        ValueTask.FromResult(FileSystemError.NotRecorded);

    public ValueTask BeforeOpenAsync(Node file, FileVersion version, CancellationToken cancel) => ValueTask.CompletedTask;

    public KnownVersion Newest(VirtualPath path, FileVersion version) => live.Known(path, version);

    /// <summary>What was recorded goes on to be what it was.</summary>
    public FileVersion? Aged(VirtualPath path, FileVersion young) => null;
}
