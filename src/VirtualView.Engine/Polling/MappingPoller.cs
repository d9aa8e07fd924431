using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Mappings;
using VirtualView.Engine.Options;
using VirtualView.Engine.Polling.Deletions;
using VirtualView.Engine.Polling.Pacing;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.Polling;

/// <summary>
/// Follows one mapping in the background: those of its directories that are hot when they are due, and the cold ones in
/// turn. Of each round the cold ones have a quarter, so that neither keeps the other waiting. Another mapping has another
/// one, so that its silent source does not stop this.
/// </summary>
internal sealed class MappingPoller(
    MappingOptions mapping, MappingTable mappings, SourceTable sources, SnapshotKeeper keeper, Poller poller, DeletionGuard guard, PaceTable paces, LivePolls polls,
    TimeProvider clock)
{
    private readonly DirectoryPaces _paces = paces.Of(mapping);
    private readonly ColdSweep _sweep = new(
        keeper, mapping.At, path => mappings.Covering(path)?.At == mapping.At, paces.Of(mapping), polls.Now.LongestIntervalOf(mapping.At), clock);
    private readonly MeteredSource[] _sources = [.. mapping.Sources.Select(sources.Find).OfType<MeteredSource>()];
    private PollOptions _options = polls.Now;

    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            if (!ReferenceEquals(polls.Now, _options)) _sweep.Use((_options = polls.Now).LongestIntervalOf(mapping.At));
            var round = NextRound();
            if (round.Count > 0) await PollAsync(round, cancel);
            await polls.PauseAsync(PauseAfter(round.Count), _options, clock, cancel);
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
        var forCold = Math.Max(1, _options.ListingsAtOnce / 4);
        while (round.Count < forCold && _sweep.Take() is { } cold)
            round.Add(cold);
        while (round.Count < _options.ListingsAtOnce && _paces.TryTakeDue(out var hot))
        {
            if (keeper.Current.Find(hot) is DirectoryNode { IsListed: true }) round.Add(hot);
            else _paces.Forget(hot);
        }

        while (round.Count < _options.ListingsAtOnce && _sweep.Take() is { } cold)
            round.Add(cold);
        return [.. round.Distinct()];
    }

    /// <summary>After a round as long as the limit asks for; else until something is due, or could be by a use meanwhile.</summary>
    private TimeSpan PauseAfter(int listings)
    {
        if (listings > 0 && _sources.Length > 0) return _sources.Max(source => source.Listings.Take(listings, _options.ListingsPerSecond));
        var next = _paces.NextDue() is { } due && due < _sweep.NextAt ? due : _sweep.NextAt;
        var pause = next - clock.GetUtcNow();
        var (least, most) = (TimeSpan.FromMilliseconds(1), _options.IntervalOf(mapping.At) / 2);
        return pause < least ? least : pause < most ? pause : most;
    }
}
