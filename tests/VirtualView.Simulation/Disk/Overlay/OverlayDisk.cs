using VirtualView.Core.Overlay;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Disk.Overlay;

/// <summary>
/// The disk below the overlay. It outlives processes, which see all that was done; without power there is left what was
/// synced, and of the rest: the journal after some commit since its last sync, any sectors of each file, any of the files
/// that were made or deleted.
/// </summary>
public sealed class OverlayDisk(SeededRandom random)
{
    private readonly Dictionary<LocalId, DiskFile> _deleted = []; // since the power came, perhaps not on the disk
    private readonly List<JournalRows> _commits = [JournalRows.Empty]; // the first one is synced
    private int? _stepsToDeath;
    private readonly List<(LocalId Id, long Commit)> _removed = [];
    private long _synced; // commits before the first that is kept here

    internal Dictionary<LocalId, DiskFile> Files { get; } = [];

    internal JournalRows Rows => _commits[^1];

    /// <summary>The number of the last commit.</summary>
    internal long LastCommit => _synced + _commits.Count - 1;

    /// <summary>How many changes and syncs there were in all.</summary>
    public long Steps { get; private set; }

    /// <summary>The process dies in the midst of one of its next steps here.</summary>
    public void KillAfter(int steps) => _stepsToDeath = steps;

    public void LosePower()
    {
        var left = Rows;
        if (_commits.Count > 1) left = _commits[random.Next(_commits.Count)];
        _synced = LastCommit;
        _commits.Clear();
        _commits.Add(left);
        foreach (var (id, file) in _deleted)
        {
            if (file.IsNameSynced && random.Chance(0.5)) Files.TryAdd(id, file);
        }

        _deleted.Clear();
        foreach (var (id, file) in Files.ToList())
        {
            if (!file.IsNameSynced && random.Chance(0.5)) Files.Remove(id);
            else file.LosePower(random);
        }
    }

    /// <summary>The next process knows of nothing that is to be removed.</summary>
    public void Revive()
    {
        _stepsToDeath = null;
        _removed.Clear();
    }

    /// <summary>One step of a process: done, or not done by one that dies.</summary>
    internal void Step(Life life, Action change)
    {
        if (life.IsDead) throw new DeadProcessException();
        Steps++;
        var dies = _stepsToDeath is { } left && (_stepsToDeath = left - 1) < 0;
        if (!dies || random.Chance(0.5)) change();
        if (!dies) return;
        life.Kill();
        throw new DeadProcessException();
    }

    internal void Commit(OverlayChanges changes)
    {
        var rows = Rows.With(changes);
        if (rows.Contradiction() is { } why) throw new InvalidOperationException($"a commit leaves no tree: {why}");
        _commits.Add(rows);
    }

    /// <summary>What was there when the sync began is on the disk.</summary>
    internal void Synced(long commit)
    {
        var done = (int)Math.Max(0, commit - _synced);
        _commits.RemoveRange(0, done);
        _synced += done;
        foreach (var (id, _) in _removed.Where(removed => removed.Commit <= commit)) Delete(id);
        _removed.RemoveAll(removed => removed.Commit <= commit);
    }

    /// <summary>The file goes with the next sync of the journal that covers all commits until now.</summary>
    internal void Remove(LocalId id) => _removed.Add((id, LastCommit));

    private void Delete(LocalId id)
    {
        if (Files.Remove(id, out var file)) _deleted[id] = file;
    }
}
