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
/// soon and so alike that only its tag tells, which its listing does not give: then the first read ends as stale.
/// </summary>
internal sealed class Freshness(World world, SimulatedClock clock, List<Violation> violations)
{
    /// <summary>A listing may have begun half an interval before it counts, and who looks may not wait for the next.</summary>
    private readonly TimeSpan _latest = (2 * world.Options.Polls.Interval) + TimeSpan.FromSeconds(10);

    public void Check(VirtualPath path, VersionId opened)
    {
        if (world.Options.Polls.Revalidate == RevalidateRule.Never) return;
        var now = clock.GetUtcNow();
        var versions = world.Truth.Find(opened).Where(version => world.Shows(version, path)).ToList();
        if (versions.Count == 0 || versions.Exists(version => version.Until is null)) return;
        var until = versions.Max(version => version.Until!.Value);
        var shown = world.StoresShowing(path).ToList();
        if (now - until < _latest || shown.Exists(place => now - place.Store.LastTroubleAt < _latest)) return;
        if (shown.First(place => place.Store.Id == versions[0].Source) is var place && place.Store.Find(place.Path) is { } file
            && !(place.Store.Plan.Listing == ListingDetail.WithoutTags && versions.Exists(version => version.LooksLike(file))))
            violations.Add(new Violation("close to open", $"{path} was opened at {now:HH:mm:ss.fff} as {versions[^1]}, and is {file.Content} since {until:HH:mm:ss.fff}"));
    }
}
