using System.Collections.Immutable;
using VirtualView.Core.Outcomes;
using VirtualView.Engine.Past;
using VirtualView.Service;

namespace VirtualView.Cli.Tests.Support;

/// <summary>Two snapshots, 3 and 7; the first is kept as "first".</summary>
internal sealed class FakeSnapshots : ISnapshotControl
{
    public List<string> Calls { get; } = [];

    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a snapshot is to be recorded.</summary>
    public Task Asked => _asked.Task;

    /// <summary>What keeps a snapshot from being recorded.</summary>
    public Task Recording { get; set; } = Task.CompletedTask;

    public async ValueTask RecordAsync(CancellationToken cancel)
    {
        _asked.TrySetResult();
        await Recording;
    }

    public ValueTask<ImmutableArray<SnapshotInfo>> ListAsync(CancellationToken cancel) => ValueTask.FromResult<ImmutableArray<SnapshotInfo>>([Info(3, "first"), Info(7, null)]);

    public ValueTask<Outcome<SnapshotComparison>> DiffAsync(string from, string to, CancellationToken cancel) => ValueTask.FromResult<Outcome<SnapshotComparison>>(
        from == "none" ? FileSystemError.NotFound : new SnapshotComparison(3, 7, [new PathChange("changed", "/a"), new PathChange("unknown", "/b")]));

    public ValueTask<Outcome<SnapshotInfo>> KeepAsync(string idOrName, string name, CancellationToken cancel)
    {
        Calls.Add($"keep {idOrName} {name}");
        return ValueTask.FromResult<Outcome<SnapshotInfo>>(name == "first" ? FileSystemError.Exists : name == "12" ? FileSystemError.InvalidArgument : Info(7, name));
    }

    public ValueTask<Outcome<SnapshotInfo>> DropAsync(string name, CancellationToken cancel)
    {
        Calls.Add($"drop {name}");
        return ValueTask.FromResult<Outcome<SnapshotInfo>>(name == "first" ? Info(3, null) : FileSystemError.NotFound);
    }

    private static SnapshotInfo Info(long number, string? name) => new()
    {
        Number = number, First = number - 1, TakenAt = DateTimeOffset.UnixEpoch, Name = name, IsCurrent = number == 7,
    };
}
