using System.Globalization;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.FileSystem;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Past;

/// <summary>The snapshots of one view that can be opened.</summary>
public sealed class ViewSnapshots
{
    private readonly SnapshotKeeper _live;
    private readonly SharedParts _shared;

    internal ViewSnapshots(SnapshotKeeper live, SharedParts shared) => (_live, _shared) = (live, shared);

    /// <summary>
    /// Opens a snapshot for as long as the answer is not disposed; every call gives a view of its own.
    /// <see cref="FileSystemError.NotFound"/> where there is none of that number or name.
    /// </summary>
    public ValueTask<Outcome<SnapshotView>> OpenAsync(string idOrName, CancellationToken cancel)
    {
        var current = _live.Current;
        return ValueTask.FromResult<Outcome<SnapshotView>>(
            long.TryParse(idOrName, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == current.Number
                ? Open(current)
                : FileSystemError.NotFound);
    }

    private SnapshotView Open(Snapshot snapshot)
    {
        var keeper = new SnapshotKeeper(snapshot, _shared.Clock);
        var parts = ViewParts.Over(keeper, new NodeTable(keeper), new RecordedOrigin(_live), _shared, observer: null);
        return new SnapshotView(snapshot.Number, snapshot.TakenAt, parts, _shared, () => { });
    }
}
