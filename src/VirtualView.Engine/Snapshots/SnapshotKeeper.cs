using System.Collections.Immutable;
using VirtualView.Core.Crashes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Engine.FileSystem;
using VirtualView.Engine.Handles;

namespace VirtualView.Engine.Snapshots;

/// <summary>
/// Holds the current snapshot. Changes are made one after the other, each on the tree that the one before left; readers
/// take <see cref="Current"/> and never wait.
/// </summary>
/// <param name="runs">Told of every change, in order; null where nothing is recorded.</param>
internal sealed class SnapshotKeeper(Snapshot restored, TimeProvider clock, SnapshotRuns? runs = null)
{
    private readonly Lock _gate = new();
    private volatile Snapshot _current = restored; // written under _gate

    public Snapshot Current => _current;

    /// <summary>What is known by now of a version, if it is still what a path leads to; else null.</summary>
    public FileVersion? NewestOf(VirtualPath path, FileVersion version) =>
        Current.Find(path) is FileNode { Version: { } newest } && newest.Id == version.Id ? newest : null;

    /// <summary>A version as it is to be opened, with all that is known of it by now.</summary>
    public KnownVersion Known(VirtualPath path, FileVersion version) =>
        NewestOf(path, version) is { } newest ? new(newest, IsPast: false) : new(version, IsPast: true);

    /// <summary>Which files no change takes away from their names for now.</summary>
    public LockedFiles? Locked { get; set; }

    /// <summary>
    /// Called after each change, outside the lock, with its path and the entry there before and after (null: none):
    /// subscribers look at <see cref="Current"/>, not at an order of events.
    /// </summary>
    public event Action<VirtualPath, SnapshotNode, SnapshotNode?>? Published;

    /// <summary>
    /// Replaces the entry at <paramref name="path"/> by what <paramref name="change"/> makes of it: null removes it, the
    /// same object changes nothing. An entry that is not there any more is left alone. The function runs under the
    /// keeper's lock: it only computes. True when something changed.
    /// </summary>
    public bool Update(VirtualPath path, Func<SnapshotNode, SnapshotNode?> change)
    {
        SnapshotNode? node, changed;
        // Asked before the lock is taken: it is the kernel that knows.
        var kept = Locked?.Among(path, () => _current.Find(path) is { } now ? (now, change(now)) : default);
        lock (_gate)
        {
            var before = _current;
            node = before.Find(path);
            if (node is null) return false;
            changed = change(node);
            if (kept is { Count: > 0 }) changed = LockedFiles.Without(path, node, changed, kept);
            if (ReferenceEquals(changed, node)) return false;
            var now = UnixTime.From(clock.GetUtcNow());
            _current = changed is null ? before.Without(path, now) : before.With(path, changed, now);
            runs?.Published(before, _current, path, node, changed);
        }

        CrashPoint.Reached(CrashPoints.EnginePublishSwapped);
        Published?.Invoke(path, node, changed);
        CrashPoint.Reached(CrashPoints.EnginePublishTold);
        return true;
    }

    /// <summary>
    /// Notes what was learned of an entry that stays what it is: the same snapshot, by number and time, knows more.
    /// </summary>
    public void Amend(VirtualPath path, Func<SnapshotNode, SnapshotNode> learn)
    {
        lock (_gate)
        {
            var before = _current;
            if (before.Find(path) is not { } node) return;
            var learned = learn(node);
            if (!ReferenceEquals(learned, node) && learned.SameEntry(node))
                _current = before.With(path, learned, before.TakenAt) with { Number = before.Number };
        }
    }

    /// <summary>
    /// Puts in what always belonged to the snapshot and was not in memory, if nobody has yet: neither number nor time changes.
    /// </summary>
    public void Fill(VirtualPath path, DirectoryNode directory)
    {
        lock (_gate)
        {
            if (_current.Find(path) is DirectoryNode { IsListed: false })
                _current = _current.With(path, directory, _current.TakenAt) with { Number = _current.Number };
        }
    }

    /// <summary>The current snapshot for someone who will know it by its number: it is recorded, however soon it changes.</summary>
    public Snapshot Tell()
    {
        lock (_gate)
        {
            runs?.Want();
            return _current;
        }
    }

    /// <summary>What should be recorded since the last time, oldest first, the current snapshot last.</summary>
    public ImmutableArray<PublishedRun> TakeRuns()
    {
        lock (_gate)
            return runs?.Take(_current) ?? [];
    }
}
