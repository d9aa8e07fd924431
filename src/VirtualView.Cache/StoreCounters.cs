namespace VirtualView.Cache;

/// <summary>What happened since the store was opened.</summary>
internal sealed class StoreCounters
{
    private long _hits;
    private long _misses;
    private long _evicted;
    private long _damaged;
    private long _refused;
    private long _blocks;

    public long Hits => Volatile.Read(ref _hits);

    public long Misses => Volatile.Read(ref _misses);

    public long Evicted => Volatile.Read(ref _evicted);

    public long Damaged => Volatile.Read(ref _damaged);

    public long Refused => Volatile.Read(ref _refused);

    public long Blocks => Volatile.Read(ref _blocks);

    public void Hit() => Interlocked.Increment(ref _hits);

    public void Miss() => Interlocked.Increment(ref _misses);

    public void Evict() => Interlocked.Increment(ref _evicted);

    public void Damage() => Interlocked.Increment(ref _damaged);

    public void Refuse() => Interlocked.Increment(ref _refused);

    public void AddBlocks(long count) => Interlocked.Add(ref _blocks, count);
}
