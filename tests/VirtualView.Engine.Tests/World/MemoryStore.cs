using System.Collections.Concurrent;
using VirtualView.Core.Blocks;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Tests.World;

/// <summary>A block store in memory, that outlives the engines which use it.</summary>
internal sealed class MemoryStore(int blockSizeBytes) : IBlockStore
{
    private readonly ConcurrentDictionary<VersionId, bool> _pinned = new();
    private int _leases;

    public ConcurrentDictionary<(VersionId Version, long Block), byte[]> Blocks { get; } = new();

    /// <summary>Payload leases that were not given back.</summary>
    public int Leases => _leases;

    public long CapacityBytes { get; set; } = 1 << 30;

    /// <summary>What the next scrubs find.</summary>
    public IReadOnlyList<DamagedBlock> Damage { get; set; } = [];

    public bool IsFull { get; set; }

    /// <summary>Bytes that are cached and not proven yet; null where nothing can be lent.</summary>
    public long? UnprovenBytes { get; set; }

    /// <summary>Awaited by every put.</summary>
    public Func<Task> PutDelay { get; set; } = () => Task.CompletedTask;

    /// <summary>Set: the index promises blocks whose bytes are damaged.</summary>
    public bool IsDamaged { get; set; }

    public int BlockSizeBytes => blockSizeBytes;

    public IPayload Open(PayloadIdentity identity)
    {
        Interlocked.Increment(ref _leases);
        return new MemoryPayload(this, identity);
    }

    public void Drop(VersionId version)
    {
    }

    public void Pin(VersionId version) => _pinned[version] = true;

    public void Unpin(VersionId version) => _pinned.TryRemove(version, out _);

    public bool IsPinned(VersionId version) => _pinned.ContainsKey(version);

    public ValueTask<long> EvictAsync(VersionId version, CancellationToken cancel)
    {
        var freed = 0L;
        foreach (var key in Blocks.Keys.Where(key => key.Version == version))
            if (Blocks.TryRemove(key, out var bytes)) freed += bytes.Length;
        return new(freed);
    }

    public ValueTask<ScrubReport> ScrubAsync(ScrubMode mode, IProgress<ScrubProgress>? progress, CancellationToken cancel) =>
        new(Scrub(mode));

    private ScrubReport Scrub(ScrubMode mode)
    {
        var report = new ScrubReport { Blocks = Blocks.Count, Bytes = Status().UsedBytes, Damaged = Damage.Count, Missing = 0, Strays = 0, First = [.. Damage] };
        foreach (var block in mode == ScrubMode.Drop ? Damage : [])
            Blocks.TryRemove((block.Version, block.Block), out _);
        return report;
    }

    public ValueTask CheckpointAsync(CancellationToken cancel) => ValueTask.CompletedTask;

    public BlockStoreStatus Status() => new()
    {
        CapacityBytes = CapacityBytes,
        UsedBytes = Blocks.Values.Sum(bytes => (long)bytes.Length),
        Blocks = Blocks.Count,
        Payloads = 0,
        Hits = 0,
        Misses = 0,
        Evicted = 0,
        Damaged = 0,
        Refused = 0,
        OpenedFrom = "new",
        PinnedBytes = Blocks.Where(block => IsPinned(block.Key.Version)).Sum(block => (long)block.Value.Length),
    };

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Return() => Interlocked.Decrement(ref _leases);
}
