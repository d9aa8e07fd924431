using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Mappings;
using VirtualView.Engine.Options;
using VirtualView.Engine.Polling.Deletions;
using VirtualView.Engine.Polling.Pacing;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Polling;

/// <summary>
/// Follows one mapping in the background: those of its directories that are hot when they are due, and the cold ones in
/// turn. Of each round the cold ones have a quarter, so that neither keeps the other waiting. Another mapping has another
/// one, so that its silent source does not stop this.
/// </summary>
internal sealed class MappingPoller(
    MappingOptions mapping, MappingTable mappings, SnapshotKeeper keeper, Poller poller, DeletionGuard guard, PaceTable paces, EngineOptions options, TimeProvider clock)
{
    private readonly DirectoryPaces _paces = paces.Of(mapping);
    private readonly ColdSweep _sweep = new(
        keeper, mapping.At, path => mappings.Covering(path)?.At == mapping.At, paces.Of(mapping), PaceTable.LongestInterval(mapping, options), clock);

    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            var round = NextRound();
            if (round.Count > 0) await PollAsync(round, cancel);
            await Task.Delay(PauseAfter(round.Count), clock, cancel);
        }
    }

    private async Task PollAsync(List<VirtualPath> round, CancellationToken cancel)
    {
        await poller.ListAsync(round, DeletionMode.Defer, cancel);
        // Before much is believed to be gone, all is looked at: in the rest of the source more may be.
        if (guard.IsSuspicious()) await poller.PollAsync(acceptDeletions: false, cancel);
        else await poller.DecideAsync(cancel);
    }

    private List<VirtualPath> NextRound()
    {
        var round = new List<VirtualPath>();
        var forCold = Math.Max(1, options.ListingsAtOnce / 4);
        while (round.Count < forCold && _sweep.Take() is { } cold)
            round.Add(cold);
        while (round.Count < options.ListingsAtOnce && _paces.TryTakeDue(out var hot))
        {
            if (keeper.Current.Find(hot) is DirectoryNode { IsListed: true }) round.Add(hot);
            else _paces.Forget(hot);
        }

        while (round.Count < options.ListingsAtOnce && _sweep.Take() is { } cold)
            round.Add(cold);
        return [.. round.Distinct()];
    }

    /// <summary>After a round as long as the limit asks for; else until something is due, or could be by a use meanwhile.</summary>
    private TimeSpan PauseAfter(int listings)
    {
        if (listings > 0) return TimeSpan.FromSeconds((double)listings / options.ListingsPerSecond);
        var next = _paces.NextDue() is { } due && due < _sweep.NextAt ? due : _sweep.NextAt;
        var pause = next - clock.GetUtcNow();
        var least = TimeSpan.FromMilliseconds(1);
        return pause < least ? least : pause < mapping.PollInterval / 2 ? pause : mapping.PollInterval / 2;
    }
}
