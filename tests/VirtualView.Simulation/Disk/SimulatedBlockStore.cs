using VirtualView.Core.Blocks;
using VirtualView.Core.Versions;
using VirtualView.Simulation.History;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Disk;

/// <summary>One process's block store on the simulated disk.</summary>
public sealed class SimulatedBlockStore(SimulatedDisk disk, Life life, HistoryRecorder history) : IBlockStore
{
    private readonly HashSet<VersionId> _pinned = [];

    public int BlockSizeBytes => disk.BlockSizeBytes;

    internal SimulatedDisk Disk => disk;

    internal Life Life => life;

    internal HistoryRecorder History => history;

    internal long Hits { get; set; }

    internal long Misses { get; set; }

    internal long Damaged { get; set; }

    internal long Refused { get; set; }

    public IPayload Open(PayloadIdentity identity) =>
        new SimulatedPayload(this, life.IsDead ? new DiskPayload(identity) : disk.Lease(identity));

    public void Drop(VersionId version)
    {
        if (!life.IsDead) disk.Drop(version);
    }

    public void Pin(VersionId version) => _pinned.Add(version);

    public void Unpin(VersionId version) => _pinned.Remove(version);

    public bool IsPinned(VersionId version) => _pinned.Contains(version);

    public async ValueTask<long> EvictAsync(VersionId version, CancellationToken cancel)
    {
        await life.SpendAsync(TimeSpan.FromMilliseconds(disk.Random.Between(1, 30)), cancel);
        return disk.Evict(version);
    }

    public async ValueTask<ScrubReport> ScrubAsync(ScrubMode mode, IProgress<ScrubProgress>? progress, CancellationToken cancel)
    {
        await life.SpendAsync(TimeSpan.FromMilliseconds(disk.Random.Between(1, 30)), cancel);
        var (blocks, bytes, damaged) = (disk.Blocks, disk.UsedBytes, disk.DamagedBlocks);
        if (mode == ScrubMode.Drop) disk.DropDamaged();
        return new ScrubReport { Blocks = blocks, Bytes = bytes, Damaged = damaged, Missing = 0, Strays = 0 };
    }

    public async ValueTask CheckpointAsync(CancellationToken cancel)
    {
        var blocks = disk.Undurable();
        await life.SpendAsync(TimeSpan.FromMilliseconds(disk.Random.Between(1, 30)), cancel);
        SimulatedDisk.MakeDurable(blocks);
    }

    public BlockStoreStatus Status() => new()
    {
        CapacityBytes = (long)disk.CapacityBlocks * disk.BlockSizeBytes,
        UsedBytes = disk.UsedBytes,
        Blocks = disk.Blocks,
        Payloads = disk.Payloads,
        Hits = Hits,
        Misses = Misses,
        Evicted = disk.Evicted,
        Damaged = Damaged,
        Refused = Refused,
        OpenedFrom = "checkpoint",
        PinnedBytes = _pinned.Sum(disk.BytesOf),
    };

    public async ValueTask DisposeAsync() => await CheckpointAsync(CancellationToken.None);
}
