using System.Collections.Immutable;
using VirtualView.Core.Outcomes;
using VirtualView.Engine.Past;
using VirtualView.Service;

namespace VirtualView.Cli.Mounting;

/// <summary>The engine's snapshots as the service asks for them: neither room knows the other's contract.</summary>
internal sealed class SnapshotDoor(ViewSnapshots snapshots) : ISnapshotControl
{
    public ValueTask RecordAsync(CancellationToken cancel) => snapshots.RecordAsync(cancel);

    public ValueTask<ImmutableArray<SnapshotInfo>> ListAsync(CancellationToken cancel) => snapshots.ListAsync(cancel);

    public ValueTask<Outcome<SnapshotComparison>> DiffAsync(string from, string to, CancellationToken cancel) => snapshots.DiffAsync(from, to, cancel);

    public ValueTask<Outcome<SnapshotInfo>> KeepAsync(string idOrName, string name, CancellationToken cancel) => snapshots.KeepAsync(idOrName, name, cancel);

    public ValueTask<Outcome<SnapshotInfo>> DropAsync(string name, CancellationToken cancel) => snapshots.DropAsync(name, cancel);
}
