using System.Collections.Immutable;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Tests.World;

/// <summary>Keeps the last snapshot in memory, over engines.</summary>
internal sealed class MemoryState : IStateStore
{
    private int _failures;

    public Snapshot? Saved { get; set; }

    public ImmutableArray<PinRule> Pins { get; set; } = [];

    public int Saves { get; private set; }

    /// <summary>So many saves fail from now on.</summary>
    public void FailNext(int times) => _failures = times;

    public ValueTask<SourceId> IdentifySourceAsync(string origin, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<Snapshot?> LoadSnapshotAsync(CancellationToken cancel) => ValueTask.FromResult(Saved);

    public ValueTask SaveSnapshotAsync(Snapshot? previous, Snapshot next, CancellationToken cancel)
    {
        if (_failures-- > 0) throw new IOException("the disk is gone");
        Assert.Same(Saved, previous);
        (Saved, Saves) = (next, Saves + 1);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<PinRule>> LoadPinsAsync(CancellationToken cancel) => ValueTask.FromResult(Pins);

    public ValueTask SavePinsAsync(ImmutableArray<PinRule> rules, CancellationToken cancel)
    {
        Pins = rules;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
