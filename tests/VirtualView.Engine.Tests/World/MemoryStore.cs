using System.Collections.Concurrent;
using VirtualView.Core.Blocks;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Tests.World;

/// <summary>A block store in memory, that outlives the engines which use it.</summary>
internal sealed class MemoryStore(int blockSizeBytes) : IBlockStore
{
    private int _leases;

    public ConcurrentDictionary<(VersionId Version, long Block), byte[]> Blocks { get; } = new();

    /// <summary>Payload leases that were not given back.</summary>
    public int Leases => _leases;

    public bool IsFull { get; set; }

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

    public ValueTask CheckpointAsync(CancellationToken cancel) => ValueTask.CompletedTask;

    public BlockStoreStatus Status() => new()
    {
        CapacityBytes = 1 << 30,
        UsedBytes = Blocks.Values.Sum(bytes => (long)bytes.Length),
        Blocks = Blocks.Count,
        Payloads = 0,
        Hits = 0,
        Misses = 0,
        Evicted = 0,
        Damaged = 0,
        Refused = 0,
        OpenedFrom = "new",
    };

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Return() => Interlocked.Decrement(ref _leases);
}
