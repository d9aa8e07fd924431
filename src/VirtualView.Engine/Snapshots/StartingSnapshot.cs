using VirtualView.Core.Snapshots;
using VirtualView.Core.State;
using VirtualView.Core.Units;

namespace VirtualView.Engine.Snapshots;

/// <summary>What a view begins with.</summary>
/// <param name="FirstOfRun">The first number of the run that it belongs to.</param>
/// <param name="IsRecorded">The restored tree is that of the newest record.</param>
internal sealed record StartingSnapshot(Snapshot Snapshot, long FirstOfRun, bool IsRecorded)
{
    public static StartingSnapshot Of(Snapshot? restored, RestoredSnapshot mappings, HistoryImage history, TimeProvider clock)
    {
        var start = restored is null ? Snapshot.Initial(UnixTime.From(clock.GetUtcNow())) : mappings.Fit(restored);
        var newest = history.Records.IsEmpty ? null : history.Records[^1];
        var isRecorded = restored is not null && newest is not null && newest.Number == restored.Number && newest.TakenAt == restored.TakenAt;
        if (isRecorded && ReferenceEquals(start.Root, restored!.Root)) return new StartingSnapshot(start, newest!.First, true);
        // No number stands for two trees: neither what a death kept from being saved, nor what other mappings show.
        if (start.Number <= history.Greatest && history.Greatest > 0) start = start with { Number = history.Greatest + 1 };
        return new StartingSnapshot(start, start.Number, isRecorded);
    }
}
