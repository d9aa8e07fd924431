using System.Collections.Immutable;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Versions;

namespace VirtualView.Core.State;

/// <summary>
/// What must survive the daemon. Writes return when they would survive <c>kill -9</c>. One daemon at a time.
/// </summary>
public interface IStateStore : IAsyncDisposable
{
    /// <summary>
    /// The UUID of the source that lies at <paramref name="origin"/> (kind and address, without credentials): the one
    /// it had before, else a new one. A source that is renamed in the configuration keeps it; one that is moved does not.
    /// </summary>
    ValueTask<SourceId> IdentifySourceAsync(string origin, CancellationToken cancel);

    /// <summary>The newest snapshot saved, or null when there is none or it cannot be read (then that is logged).</summary>
    ValueTask<Snapshot?> LoadSnapshotAsync(CancellationToken cancel);

    /// <summary>
    /// Saves <paramref name="next"/> in one transaction, writing only directories that differ from
    /// <paramref name="previous"/>, which was the snapshot saved or loaded last (null: everything is written).
    /// </summary>
    ValueTask SaveSnapshotAsync(Snapshot? previous, Snapshot next, CancellationToken cancel);

    /// <summary>The pin rules saved last; none when there are none, or they cannot be read (then that is logged).</summary>
    ValueTask<ImmutableArray<PinRule>> LoadPinsAsync(CancellationToken cancel);

    /// <summary>Saves all pin rules, in the place of those before.</summary>
    ValueTask SavePinsAsync(ImmutableArray<PinRule> rules, CancellationToken cancel);
}
