using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;
using VirtualView.Core.Versions;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.CacheControl;

/// <summary>
/// Holds the versions that the rules mean in the current snapshot: when a pinned path gets a new version, that is held in
/// place of the old one.
/// </summary>
internal sealed class PinnedPaths(SnapshotKeeper keeper, PinHolders holders)
{
    private readonly Lock _gate = new();
    private readonly PinHolder _holder = holders.Add("it is pinned: unpin it first");
    private readonly Dictionary<VirtualPath, VersionId> _pinned = []; // this and all below guarded by _gate
    private ImmutableArray<PinRule> _rules = [];
    private ImmutableArray<PathGlob> _policies = [];
    private PathGlob[] _globs = [];

    public ImmutableArray<PinRule> Rules
    {
        get
        {
            lock (_gate)
                return _rules;
        }
    }

    public ImmutableArray<PathGlob> Policies
    {
        get
        {
            lock (_gate)
                return _policies;
        }
    }

    public int Files
    {
        get
        {
            lock (_gate)
                return _pinned.Count;
        }
    }

    public void Use(ImmutableArray<PinRule> rules)
    {
        lock (_gate)
        {
            _rules = rules;
            ApplyLocked();
        }
    }

    public void Use(ImmutableArray<PathGlob> policies)
    {
        lock (_gate)
        {
            _policies = policies;
            ApplyLocked();
        }
    }

    /// <summary>After each change of the snapshot.</summary>
    public void Published(VirtualPath path, SnapshotNode? before, SnapshotNode? after)
    {
        lock (_gate)
        {
            if (_globs.Length > 0) VisitLocked(path, before, after, [.. _globs.Select(glob => glob.StateAt(path))]);
        }
    }

    /// <summary>Null where the text of a rule is none, as after an edit by hand.</summary>
    public static PathGlob? GlobOf(PinRule rule) =>
        !PathGlob.TryParse(rule.Path, out var glob) ? null : rule.IsGlob ? glob : PathGlob.Exactly(VirtualPath.Parse(rule.Path));

    private void ApplyLocked()
    {
        _globs = [.. _rules.Select(GlobOf).OfType<PathGlob>(), .. _policies];
        var root = keeper.Current.Root;
        foreach (var path in _pinned.Keys.Where(path => !_globs.Any(glob => glob.IsMatch(path))).ToList())
            SetLocked(path, null);
        if (_globs.Length > 0) VisitLocked(VirtualPath.Root, null, root, [.. _globs.Select(glob => glob.Start)]);
    }

    private void VisitLocked(VirtualPath path, SnapshotNode? before, SnapshotNode? after, ulong[] states)
    {
        if (ReferenceEquals(before, after) || Array.TrueForAll(states, state => state == 0)) return;
        if ((before is FileNode || after is FileNode) && IsMatchLocked(states)) RefreshLocked(path);
        var (left, right) = (before as DirectoryNode, after as DirectoryNode);
        foreach (var entry in right?.Children ?? [])
        {
            // A directory of a million files has no paths made for those that no rule means.
            var known = left?.Find(entry.Name);
            if (!ReferenceEquals(known, entry) && StepLocked(states, entry.Name) is { } next) VisitLocked(path / entry.Name, known, entry, next);
        }

        foreach (var entry in left?.Children ?? [])
        {
            if (right?.Find(entry.Name) is null && StepLocked(states, entry.Name) is { } next) VisitLocked(path / entry.Name, entry, null, next);
        }
    }

    private ulong[]? StepLocked(ulong[] states, PathName name)
    {
        var isAlive = false;
        var next = new ulong[states.Length];
        for (var at = 0; at < states.Length; at++)
        {
            next[at] = states[at] == 0 ? 0 : _globs[at].Step(states[at], name);
            isAlive |= next[at] != 0;
        }

        return isAlive ? next : null;
    }

    private bool IsMatchLocked(ulong[] states)
    {
        for (var at = 0; at < states.Length; at++)
        {
            if (_globs[at].IsMatch(states[at])) return true;
        }

        return false;
    }

    /// <summary>By the snapshot of now: changes may be told of in any order.</summary>
    private void RefreshLocked(VirtualPath path) => SetLocked(path, (keeper.Current.Find(path) as FileNode)?.Version?.Id);

    private void SetLocked(VirtualPath path, VersionId? version)
    {
        var had = _pinned.TryGetValue(path, out var old);
        if (had && old == version) return;
        if (version is { } wanted)
        {
            _pinned[path] = wanted;
            _holder.Hold(wanted);
        }
        else
        {
            _pinned.Remove(path);
        }

        if (had) _holder.LetGo(old);
    }
}
