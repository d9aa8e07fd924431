using System.Collections.Immutable;
using VirtualView.Core.Outcomes;
using VirtualView.Engine.Past;

namespace VirtualView.Service;

/// <summary>What the service may ask of the snapshots of the running mount. Any thread may call anything at any time.</summary>
public interface ISnapshotControl
{
    /// <summary>Returns when a number that was told outlives the daemon.</summary>
    ValueTask RecordAsync(CancellationToken cancel);

    ValueTask<ImmutableArray<SnapshotInfo>> ListAsync(CancellationToken cancel);

    ValueTask<Outcome<SnapshotComparison>> DiffAsync(string from, string to, CancellationToken cancel);

    ValueTask<Outcome<SnapshotInfo>> KeepAsync(string idOrName, string name, CancellationToken cancel);

    ValueTask<Outcome<SnapshotInfo>> DropAsync(string name, CancellationToken cancel);
}
