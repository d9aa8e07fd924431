using System.Collections.Immutable;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;
using VirtualView.Core.Versions;

namespace VirtualView.Cli.Mounting;

/// <summary>A state whose snapshot was loaded already, which takes seconds for a large tree. It does not own the state.</summary>
internal sealed class LoadedState(IStateStore state, Snapshot? loaded) : IStateStore
{
    // Given away once: who loads it decides how long it lives.
    private Snapshot? _loaded = loaded;

    public ValueTask<SourceId> IdentifySourceAsync(string origin, CancellationToken cancel) => state.IdentifySourceAsync(origin, cancel);

    public ValueTask<Snapshot?> LoadSnapshotAsync(CancellationToken cancel) =>
        Interlocked.Exchange(ref _loaded, null) is { } snapshot ? ValueTask.FromResult<Snapshot?>(snapshot) : state.LoadSnapshotAsync(cancel);

    public ValueTask SaveSnapshotAsync(Snapshot? previous, Snapshot next, CancellationToken cancel) => state.SaveSnapshotAsync(previous, next, cancel);

    public ValueTask<ImmutableArray<PinRule>> LoadPinsAsync(CancellationToken cancel) => state.LoadPinsAsync(cancel);

    public ValueTask SavePinsAsync(ImmutableArray<PinRule> rules, CancellationToken cancel) => state.SavePinsAsync(rules, cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
