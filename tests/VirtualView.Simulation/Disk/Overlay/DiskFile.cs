using VirtualView.Core.Units;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Disk.Overlay;

/// <summary>A file of written bytes: as every process sees it, and as it is without power.</summary>
internal sealed class DiskFile
{
    private readonly List<FileChange> _unsynced = [];
    private byte[] _synced = [];

    public byte[] Bytes { get; private set; } = [];

    public UnixTime ModifiedAt { get; set; }

    public UnixTime ChangedAt { get; set; }

    /// <summary>False until its name was synced with it.</summary>
    public bool IsNameSynced { get; private set; }

    public void Change(FileChange change)
    {
        Bytes = change.To(Bytes);
        _unsynced.Add(change);
        Changes++;
    }

    /// <summary>How many there were.</summary>
    public int Changes { get; private set; }

    /// <summary>So many of the changes, those that there were when the sync began, are on the disk.</summary>
    public void Synced(int changes)
    {
        var done = Math.Max(0, _unsynced.Count - (Changes - changes));
        _synced = _unsynced.Take(done).Aggregate(_synced, (bytes, change) => change.To(bytes));
        _unsynced.RemoveRange(0, done);
        IsNameSynced = true;
    }

    /// <summary>Of what was not synced, all, nothing or any part is there.</summary>
    public void LosePower(SeededRandom random)
    {
        var share = random.Pick([0.0, 0.5, 0.9, 1.0]);
        Bytes = _unsynced.SelectMany(change => change.Parts()).Where(_ => random.Chance(share)).Aggregate(_synced, (bytes, part) => part.To(bytes));
        _synced = Bytes;
        _unsynced.Clear();
        IsNameSynced = true;
    }
}
