using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Remote;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Runs;

/// <summary>
/// Which files must not be called absent: they were seen, and have been there ever since. An answer composed while a file
/// was away may arrive late, so what came back a moment ago does not count.
/// </summary>
internal sealed class Presence(World world, SimulatedClock clock)
{
    private static readonly TimeSpan LatestAnswer = TimeSpan.FromSeconds(30);

    private readonly Dictionary<VirtualPath, DateTimeOffset> _presentSince = [];
    private readonly Dictionary<VirtualPath, int> _holders = []; // how many sources have the file
    private readonly Dictionary<VirtualPath, DateTimeOffset> _seenAt = [];

    /// <summary>Every path of the view at which something ever happens.</summary>
    public IEnumerable<VirtualPath> Paths => world.Mappings.SelectMany(at => PathNames.All.Select(path => at / path));

    public void Update()
    {
        foreach (var path in Paths)
        {
            var holders = world.StoresShowing(path).Count(shown => shown.Store.Find(shown.Path) is not null);
            // What was seen may be the copy that went, and another copy may not be known yet.
            if (holders < _holders.GetValueOrDefault(path) && _presentSince.Remove(path)) _seenAt.Remove(path);
            _holders[path] = holders;
            if (holders > 0) _presentSince.TryAdd(path, clock.GetUtcNow());
        }
    }

    /// <summary>Only what a source has counts: a copy that went may be held back, and the view need not know another one.</summary>
    public void Saw(VirtualPath path, DateTimeOffset askedAt, long sizeBytes, UnixTime modifiedAt)
    {
        if (!world.StoresShowing(path).Any(shown => shown.Store.Find(shown.Path) is { } file && world.IsShownAs(path, sizeBytes, modifiedAt, file))) return;
        var isLasting = _presentSince.TryGetValue(path, out var since) && (since == SimulatedClock.Start || askedAt - since >= LatestAnswer);
        if (isLasting) _seenAt.TryAdd(path, askedAt);
    }

    /// <summary>After a crash the view may remember less.</summary>
    public void Forget() => _seenAt.Clear();

    /// <summary>
    /// What is missing is accepted as deleted now: that can be what an export lacks which is unmounted, if that was reported
    /// before, and nothing else. It counts again once it is seen again.
    /// </summary>
    public void Accept()
    {
        foreach (var path in _seenAt.Keys.Where(path => world.StoresShowing(path).Any(shown => IsReportedAsEmpty(shown.Store) && shown.Store.Find(shown.Path) is not null)).ToList())
            _seenAt.Remove(path);
    }

    // It may have been there again for a moment since, in which nobody looked.
    private bool IsReportedAsEmpty(RemoteStore store) => store.Faults.HasFlag(RemoteFaults.Unmounted) && store.FirstUnmountedAt < clock.GetUtcNow();

    /// <summary>True when nothing excuses the answer that there is no such file, to a question of that time.</summary>
    public bool MustBeThere(VirtualPath path, DateTimeOffset askedAt) =>
        IsUndeniable(path)
        || _seenAt.TryGetValue(path, out var seenAt) && seenAt <= askedAt
        && !world.StoresShowing(path).Any(shown => WasDeniedWhenAsked(shown.Store, shown.Path, seenAt));

    /// <summary>Its only source has had it all the time, and never said otherwise: then the view cannot have it from anyone.</summary>
    private bool IsUndeniable(VirtualPath path) =>
        _presentSince.TryGetValue(path, out var since) && since == SimulatedClock.Start
        && world.StoresShowing(path).ToList() is [var only] && world.Truth.LastHidden(only.Store.Id) is null;

    /// <summary>
    /// An unmounted export answers a direct question with "no such file", and that is believed. It is only asked for files
    /// that its listing says too little of, and for such as were listed when they had just changed.
    /// </summary>
    private bool WasDeniedWhenAsked(RemoteStore store, VirtualPath path, DateTimeOffset seenAt) =>
        world.Truth.LastHidden(store.Id) >= seenAt
        && store.Find(path) is { } file
        && (store.Plan.Listing == ListingDetail.NamesOnly || file.ModifiedAt.ToDateTimeOffset() >= SimulatedClock.Start - RemoteStore.ClockStep);
}
