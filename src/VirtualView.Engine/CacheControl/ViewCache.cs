using System.Collections.Immutable;
using VirtualView.Core.Blocks;
using VirtualView.Core.Paths;
using VirtualView.Core.State;
using VirtualView.Core.Units;

namespace VirtualView.Engine.CacheControl;

/// <summary>
/// The cache of a view, by the paths of its files: fetched ahead, kept, let go, dropped, checked. The door to this folder.
/// Paths are names, directories (all below them) or globs.
/// </summary>
public sealed class ViewCache
{
    private readonly PathSelector _selector;
    private readonly Prefetcher _prefetcher;
    private readonly PinnedPaths _pinned;
    private readonly CacheScrub _scrub;
    private readonly IBlockStore _store;
    private readonly IStateStore _state;
    private readonly TimeProvider _clock;

    // Of several changes of the rules each must see what the one before left. A wait here is one save.
    private readonly Sources.Budget _one = new(1);

    internal ViewCache(
        PathSelector selector, Prefetcher prefetcher, PinnedPaths pinned, CacheScrub scrub, IBlockStore store, IStateStore state, TimeProvider clock) =>
        (_selector, _prefetcher, _pinned, _scrub, _store, _state, _clock) = (selector, prefetcher, pinned, scrub, store, state, clock);

    /// <summary>Fetches what is not cached of the files that are meant. Cancelled, it stops asking; what came is kept.</summary>
    public async ValueTask<PrefetchReport> PrefetchAsync(
        ImmutableArray<VirtualPath> paths, IProgress<CacheProgress>? progress, CancellationToken cancel)
    {
        var selection = await _selector.SelectAsync(paths, mayAsk: true, progress, cancel);
        return await _prefetcher.FetchAsync(selection, progress, cancel);
    }

    /// <summary>Never lets go of what is cached of these paths, now or later, in this version or the next. Fetches nothing.</summary>
    public ValueTask<PinReport> PinAsync(ImmutableArray<VirtualPath> paths, CancellationToken cancel) => ChangeRulesAsync(paths, Add, cancel);

    /// <summary>Takes back the pins of these paths and of all below them.</summary>
    public ValueTask<PinReport> UnpinAsync(ImmutableArray<VirtualPath> paths, CancellationToken cancel) => ChangeRulesAsync(paths, Remove, cancel);

    public PinReport Pins() => Report(0, []);

    /// <summary>The globs that the configuration pins, in the place of those before.</summary>
    public void UsePolicies(ImmutableArray<PathGlob> pinned) => _pinned.Use(pinned);

    /// <summary>Deletes what is cached of the files that are meant, but for those that are pinned.</summary>
    public async ValueTask<EvictReport> EvictAsync(
        ImmutableArray<VirtualPath> paths, IProgress<CacheProgress>? progress, CancellationToken cancel)
    {
        // A directory that was never listed has nothing in the cache.
        var selection = await _selector.SelectAsync(paths, mayAsk: false, progress, cancel);
        var (done, freed) = (0L, 0L);
        foreach (var file in selection.Files)
        {
            if (_store.IsPinned(file.Version.Id)) selection.Problems.Add(PathProblem.Of(file.Path, "it is pinned: unpin it first"));
            else freed += await _store.EvictAsync(file.Version.Id, cancel);
            progress?.Report(new CacheProgress("evict", "files", ++done, selection.Files.Count, freed, 0));
        }

        return new EvictReport
        {
            Files = selection.Files.Count,
            BytesFreed = freed,
            ProblemCount = selection.Problems.Count,
            Problems = [.. selection.Problems.Take(PathProblem.MostReported)],
        };
    }

    /// <summary>Checks every cached block; with <paramref name="repair"/> also drops what is damaged and fetches it anew.</summary>
    public ValueTask<VerifyReport> VerifyAsync(bool repair, IProgress<CacheProgress>? progress, CancellationToken cancel) =>
        _scrub.RunAsync(repair, progress, cancel);

    internal async ValueTask RestoreAsync(CancellationToken cancel) => _pinned.Use(await _state.LoadPinsAsync(cancel));

    private async ValueTask<PinReport> ChangeRulesAsync(
        ImmutableArray<VirtualPath> paths, Func<ImmutableArray<PinRule>, VirtualPath, List<PathProblem>, ImmutableArray<PinRule>> change, CancellationToken cancel)
    {
        await _one.TakeAsync(1, cancel);
        try
        {
            var (before, problems) = (_pinned.Rules, new List<PathProblem>());
            var after = paths.Select(_selector.SourceOf).Aggregate(before, (rules, path) => change(rules, path, problems));
            if (after == before) return Report(0, problems);
            await _state.SavePinsAsync(after, cancel);
            _pinned.Use(after);
            return Report(Math.Abs(after.Length - before.Length), problems);
        }
        finally
        {
            _one.Return(1);
        }
    }

    private ImmutableArray<PinRule> Add(ImmutableArray<PinRule> rules, VirtualPath path, List<PathProblem> problems)
    {
        if (_selector.GlobOf(path).Problem is { } problem)
        {
            problems.Add(problem);
            return rules;
        }

        var rule = new PinRule(path.ToString(), _selector.IsGlob(path), _clock.GetUtcNow());
        return rules.Any(known => known.Path == rule.Path && known.IsGlob == rule.IsGlob) ? rules : rules.Add(rule);
    }

    private ImmutableArray<PinRule> Remove(ImmutableArray<PinRule> rules, VirtualPath path, List<PathProblem> problems)
    {
        var glob = _selector.GlobOf(path).Glob;
        var left = rules.RemoveAll(rule => rule.Path == path.ToString() || glob?.IsMatch(VirtualPath.Parse(rule.Path)) == true);
        if (left.Length < rules.Length) return left;
        var rule = rules.FirstOrDefault(rule => PinnedPaths.GlobOf(rule)?.IsMatch(path) == true);
        var policy = _pinned.Policies.FirstOrDefault(policy => policy.IsMatch(path));
        problems.Add(PathProblem.Of(path, (rule, policy) switch
        {
            ({ } above, _) => $"it is pinned by {above.Path}: unpin that",
            (_, { } configured) => $"it is pinned by '{configured}' of Cache.Policies: change the configuration",
            _ => "it is not pinned",
        }));
        return rules;
    }

    private PinReport Report(int changed, List<PathProblem> problems) => new()
    {
        Pins = _pinned.Rules,
        Policies = [.. _pinned.Policies.Select(policy => policy.ToString())],
        Changed = changed,
        Files = _pinned.Files,
        Problems = [.. problems],
    };
}
