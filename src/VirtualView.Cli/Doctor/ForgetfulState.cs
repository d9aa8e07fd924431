using System.Collections.Immutable;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;
using VirtualView.Core.Versions;

namespace VirtualView.Cli.Doctor;

/// <summary>For who wants sources and must leave no trace: it remembers nothing, so every source is a new one.</summary>
internal sealed class ForgetfulState : IStateStore
{
    public ValueTask<SourceId> IdentifySourceAsync(string origin, CancellationToken cancel) => ValueTask.FromResult(new SourceId(Guid.NewGuid()));

    public ValueTask<Snapshot?> LoadSnapshotAsync(CancellationToken cancel) => ValueTask.FromResult<Snapshot?>(null);

    public ValueTask SaveSnapshotAsync(Snapshot? previous, Snapshot next, CancellationToken cancel) => ValueTask.CompletedTask;

    public ValueTask<ImmutableArray<PinRule>> LoadPinsAsync(CancellationToken cancel) => ValueTask.FromResult<ImmutableArray<PinRule>>([]);

    public ValueTask SavePinsAsync(ImmutableArray<PinRule> rules, CancellationToken cancel) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
