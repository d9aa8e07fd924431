using VirtualView.Core.Paths;
using VirtualView.Core.Versions;
using VirtualView.Engine.Options;
using VirtualView.Simulation.History;
using VirtualView.Simulation.Remote;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Runs;

/// <summary>
/// Who opens a file gets what its source had there at most an interval ago, and a moment: unless something was wrong with
/// a source of that path lately, or the file was not replaced but deleted, which may be held back, or it was rewritten so
/// soon and so alike that only its tag tells, which its listing does not give: then the first read that needs a byte ends
/// as stale, and from then on it counts.
/// </summary>
internal sealed class Freshness(World world, SimulatedClock clock, List<Violation> violations)
{
    private readonly Dictionary<(VirtualPath, VersionId), DateTimeOffset> _foundStaleAt = [];

    /// <summary>A listing may have begun half an interval before it counts, and who looks may not wait for the next.</summary>
    private readonly TimeSpan _latest = (2 * world.Options.Polls.Interval) + TimeSpan.FromSeconds(10);

    /// <summary>A read was told that its version is nowhere any more.</summary>
    public void FoundStale(VirtualPath path, VersionId version) => _foundStaleAt[(path, version)] = clock.GetUtcNow();

    public void Check(VirtualPath path, VersionId opened)
    {
        if (world.Options.Polls.Revalidate == RevalidateRule.Never) return;
        var now = clock.GetUtcNow();
        var versions = world.Truth.Find(opened).Where(version => world.Shows(version, path)).ToList();
        if (versions.Count == 0 || versions.Exists(version => version.Until is null)) return;
        var until = versions.Max(version => version.Until!.Value);
        var shown = world.StoresShowing(path).ToList();
        // What was deleted may be held back for as long as nothing is in its place.
        var since = shown.Where(place => place.Store.Id == versions[0].Source).Select(place => world.Truth.PresentSince(place.Store.Id, place.Path)).FirstOrDefault();
        if (since > until) until = since.Value;
        if (now - until < _latest || shown.Exists(place => now - place.Store.LastTroubleAt < _latest)) return;
        if (shown.First(place => place.Store.Id == versions[0].Source) is var place && place.Store.Find(place.Path) is { } file
            && !(IsToldByItsTagAlone(place.Store, file, versions[^1]) && !IsFoundOut(path, opened, until, shown.Select(other => other.Store))))
            violations.Add(new Violation("close to open", $"{path} was opened at {now:HH:mm:ss.fff} as {versions[^1]}, and is {file.Content} since {until:HH:mm:ss.fff}"));
    }

    private static bool IsToldByItsTagAlone(RemoteStore store, RemoteFile file, TrueVersion opened) =>
        store.Plan is { HasTags: true, Listing: ListingDetail.WithoutTags } && opened.LooksLike(file) && opened.File.Content != file.Content;

    /// <summary>True when a read met the change so long ago that the question which follows it had its answer, from sources without trouble.</summary>
    private bool IsFoundOut(VirtualPath path, VersionId version, DateTimeOffset changedAt, IEnumerable<RemoteStore> stores) =>
        _foundStaleAt.TryGetValue((path, version), out var at) && at >= changedAt && clock.GetUtcNow() - at >= _latest
        && stores.All(store => store.LastTroubleAt < at);
}
