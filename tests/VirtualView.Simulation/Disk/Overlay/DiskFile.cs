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
    }

    public void Sync()
    {
        (_synced, IsNameSynced) = (Bytes, true);
        _unsynced.Clear();
    }

    /// <summary>Of what was not synced, all, nothing or any part is there.</summary>
    public void LosePower(SeededRandom random)
    {
        var share = random.Pick([0.0, 0.5, 0.9, 1.0]);
        Bytes = _unsynced.SelectMany(change => change.Parts()).Where(_ => random.Chance(share)).Aggregate(_synced, (bytes, part) => part.To(bytes));
        Sync();
    }
}
