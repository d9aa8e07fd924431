using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;
using VirtualView.Core.Versions;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Disk;

/// <summary>One process's door to the saved state. A save is one transaction: a crash leaves the old or the new.</summary>
public sealed class SimulatedStateStore(SimulatedStateDisk disk, Life life, SeededRandom random) : IStateStore
{
    private Snapshot? _known;

    /// <summary>The UUID that any process finds for an origin.</summary>
    public static SourceId Identify(string origin) => new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(origin)).AsSpan(0, 16)));

    public ValueTask<SourceId> IdentifySourceAsync(string origin, CancellationToken cancel) => new(Identify(origin));

    public async ValueTask<Snapshot?> LoadSnapshotAsync(CancellationToken cancel)
    {
        await SpendAsync(cancel);
        return _known = disk.Saved;
    }

    public async ValueTask SaveSnapshotAsync(Snapshot? previous, Snapshot next, CancellationToken cancel)
    {
        if (previous is not null && previous != _known)
            throw new InvalidOperationException($"snapshot {previous.Number} was not the one saved or loaded last ({_known?.Number})");
        await SpendAsync(cancel);
        disk.Saved = _known = next;
        await SpendAsync(cancel);
    }

    public ValueTask<ImmutableArray<PinRule>> LoadPinsAsync(CancellationToken cancel) => new([]);

    public ValueTask SavePinsAsync(ImmutableArray<PinRule> rules, CancellationToken cancel) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task SpendAsync(CancellationToken cancel) =>
        life.SpendAsync(TimeSpan.FromMilliseconds(random.Between(1, 20)), cancel);
}
