using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Versions;
using VirtualView.Engine.Mappings;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Sources;
using VirtualView.Engine.Status;

namespace VirtualView.Engine.Polling.Deletions;

/// <summary>
/// Holds back what would take more than a fifth of a source out of the view, or all that its root lists: an export that
/// is not mounted, or the wrong one, looks like that. What is held back stays until the source shows it again, so much
/// of it that the rest is no fifth any more, or someone accepts that it is gone.
/// </summary>
internal sealed class DeletionGuard(SnapshotKeeper keeper, MappingTable mappings, SourceTable sources, TimeProvider clock, ILogger logger)
{
    private const int MostPathsReported = 10;
    private const int SuspiciousShare = 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<SourceId, SourceDeletions> _bySource = []; // guarded by _gate

    /// <summary>Told of each listing with what it lacks. True when that may go, once it is confirmed: then <see cref="Gone"/> follows.</summary>
    public bool MayGo(SourceId source, VirtualPath directory, List<SnapshotNode> missing, bool isRootEmpty, DeletionMode mode)
    {
        if (missing.Count == 0)
        {
            Shown(source, directory);
            return true;
        }

        var isOnly = IsOnly(directory);
        var files = missing.Aggregate(default(FileCount), (sum, node) => sum + KnownFiles.Below(source, node, isOnly));
        var now = new MissingEntries([.. missing.Select(node => node.Name)], files, isRootEmpty);
        lock (_gate)
        {
            var state = StateLocked(source);
            // An export that was unmounted a moment ago is not what somebody could have meant to accept.
            if (mode == DeletionMode.Accept && (!isRootEmpty || state.MayAcceptEmptyRoot)) return true;
            state.Set(directory, now);
            if (mode == DeletionMode.Defer) return false;
        }

        return !IsHeld(source, more: default);
    }

    /// <summary>The same for one file that the source was asked for alone.</summary>
    public bool MayGo(SourceId source, VirtualPath file, SnapshotNode node)
    {
        if (Lacks(source, file)) return false;
        var files = KnownFiles.Below(source, node, IsOnly(file.Parent));
        if (!IsHeld(source, files)) return true;
        lock (_gate)
        {
            var state = StateLocked(source);
            var before = state.Find(file.Parent) ?? new MissingEntries([], default, false);
            state.Set(file.Parent, before with { Names = before.Names.Add(file.Name), Files = before.Files + files });
        }

        return false;
    }

    /// <summary>What was missing there is out of the view, or was found after all.</summary>
    public void Gone(SourceId source, VirtualPath directory, DeletionMode mode)
    {
        lock (_gate)
        {
            if (!_bySource.TryGetValue(source, out var state)) return;
            state.Clear(directory);
            if (mode == DeletionMode.Accept) state.Accepted();
        }

        Reconsider(source);
    }

    /// <summary>True when the source lacks the path, or a directory above it, and the view shows it all the same.</summary>
    public bool Lacks(SourceId source, VirtualPath path)
    {
        lock (_gate)
            return _bySource.TryGetValue(source, out var state) && state.Lacks(path);
    }

    /// <summary>What is noted from here on cannot be what the acceptance that begins now is about.</summary>
    public void BeginAccepting()
    {
        lock (_gate)
        {
            foreach (var state in _bySource.Values)
                state.BeginAccepting();
        }
    }

    /// <summary>Decides on all that was noted. Returns the directories of which the missing may go after all.</summary>
    public IReadOnlyCollection<VirtualPath> Decide()
    {
        var found = new HashSet<VirtualPath>();
        foreach (var source in sources.All)
        {
            if (IsHeld(source.Id, more: default)) continue;
            lock (_gate)
            {
                if (_bySource.TryGetValue(source.Id, out var state)) found.UnionWith(state.Directories);
            }
        }

        return found;
    }

    /// <summary>True when so much is missing, and not yet held back, that all of the source should be looked at first.</summary>
    public bool IsSuspicious()
    {
        foreach (var source in sources.All)
        {
            long missing;
            lock (_gate)
            {
                if (StateLocked(source.Id) is not { HeldSince: null, IsNothing: false } state) continue;
                missing = state.Missing.Total;
            }

            if (missing > SourceDeletions.AlwaysBelieved && missing > KnownFiles.Of(source.Id, keeper.Current.Root, mappings).Total / SuspiciousShare) return true;
        }

        return false;
    }

    public ImmutableArray<HeldBack> Report()
    {
        lock (_gate)
            return [.. sources.All.Where(source => _bySource.GetValueOrDefault(source.Id) is { HeldSince: not null }).Select(source => DescribeLocked(source, _bySource[source.Id]))];
    }

    private void Shown(SourceId source, VirtualPath directory)
    {
        lock (_gate)
        {
            if (!_bySource.TryGetValue(source, out var state) || state.Find(directory) is null) return;
            state.Clear(directory);
        }

        Reconsider(source);
    }

    /// <summary>What is left may be too little to be held back.</summary>
    private void Reconsider(SourceId source)
    {
        bool isOver;
        lock (_gate)
        {
            var state = StateLocked(source);
            state.Prune(keeper.Current);
            isOver = state.IsNothing && state.Release();
        }

        if (isOver) EngineLog.NothingHeldBack(logger, sources.NameOf(source));
    }

    private bool IsHeld(SourceId source, FileCount more)
    {
        // Counted outside the lock: a large tree takes a while.
        if (more == default && IsNothing(source)) return false;
        var current = keeper.Current;
        var known = KnownFiles.Of(source, current.Root, mappings);
        var now = clock.GetUtcNow();
        HeldBack? news = null;
        bool isHeld, isOver = false;
        lock (_gate)
        {
            var state = StateLocked(source);
            state.Prune(current);
            isHeld = state.Judge(known, more, now);
            if (!isHeld) isOver = state.Release();
            else if (state.Hold(now) && sources.Find(source) is { } found) news = DescribeLocked(found, state);
        }

        if (news is { IsRootEmpty: true }) EngineLog.EmptyRootHeldBack(logger, news.Source, news.Known);
        else if (news is not null) EngineLog.DeletionsHeldBack(logger, news.Source, news.Missing, news.Known, string.Join(", ", news.Paths.Take(3)));
        if (isOver) EngineLog.NothingHeldBack(logger, sources.NameOf(source));
        return isHeld;
    }

    private bool IsOnly(VirtualPath directory) => mappings.Covering(directory) is { Sources.Length: 1 };

    private bool IsNothing(SourceId source)
    {
        lock (_gate)
            return StateLocked(source).IsNothing;
    }

    private SourceDeletions StateLocked(SourceId source) =>
        _bySource.TryGetValue(source, out var state) ? state : _bySource[source] = new SourceDeletions();

    private static HeldBack DescribeLocked(MeteredSource source, SourceDeletions state) => new()
    {
        Source = source.Name,
        Paths = [.. state.Topmost.SelectMany(missing => missing.Value.Names.Select(name => missing.Key / name)).Order().Take(MostPathsReported).Select(path => path.ToString())],
        Missing = state.Missing.Total,
        Known = Math.Max(state.Most.Total, state.Missing.Total),
        Since = state.HeldSince!.Value,
        IsRootEmpty = state.IsRootEmpty,
    };
}
