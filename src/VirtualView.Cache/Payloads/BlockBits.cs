using System.Numerics;

namespace VirtualView.Cache.Payloads;

/// <summary>
/// Three bits for each block of a payload: is it here, has this process proved it, was it used since the clock's hand
/// passed. Chunks of 4,096 blocks are made when first needed. Reads take no lock.
/// </summary>
internal sealed class BlockBits(long blockCount)
{
    private const int ChunkShift = 12;
    private const int ChunkBlocks = 1 << ChunkShift;

    private readonly ulong[]?[] _chunks = new ulong[]?[(int)((blockCount + ChunkBlocks - 1) >> ChunkShift)];

    private enum Plane
    {
        Present,
        Proven,
        Used,
    }

    public bool IsPresent(long block) => Get(block, Plane.Present);

    public bool IsProven(long block) => Get(block, Plane.Proven);

    public void SetPresent(long block) => Set(block, Plane.Present);

    public void SetProven(long block) => Set(block, Plane.Proven);

    public void ClearProven(long block) => Clear(block, Plane.Proven);

    public void ClearPresent(long block)
    {
        Clear(block, Plane.Present);
        Clear(block, Plane.Proven);
    }

    /// <summary>How many blocks are both here and proven.</summary>
    public long CountProven()
    {
        var count = 0L;
        foreach (var place in _chunks)
        {
            if (place is not { } chunk) continue;
            for (int word = 0, words = chunk.Length / 3; word < words; word++)
            {
                var present = Volatile.Read(ref chunk[((int)Plane.Present * words) + word]);
                count += BitOperations.PopCount(present & Volatile.Read(ref chunk[((int)Plane.Proven * words) + word]));
            }
        }

        return count;
    }

    /// <summary>Writes only where the bit is not yet set: readers of one block must not fight for its cache line.</summary>
    public void SetUsed(long block)
    {
        if (!Get(block, Plane.Used)) Set(block, Plane.Used);
    }

    public bool TakeUsed(long block)
    {
        if (!Get(block, Plane.Used)) return false;
        Clear(block, Plane.Used);
        return true;
    }

    /// <summary>The first block at or after <paramref name="from"/> that is here, or -1.</summary>
    public long NextPresent(long from)
    {
        while (from < blockCount)
        {
            var chunk = Volatile.Read(ref _chunks[from >> ChunkShift]);
            if (chunk is null)
            {
                from = ((from >> ChunkShift) + 1) << ChunkShift;
                continue;
            }

            var word = Volatile.Read(ref chunk[(int)(from & (ChunkBlocks - 1)) >> 6]) >> (int)(from & 63);
            if (word != 0) return from + long.TrailingZeroCount((long)word);
            from = ((from >> 6) + 1) << 6;
        }

        return -1;
    }

    /// <summary>How many blocks are here.</summary>
    public long CountPresent()
    {
        var count = 0L;
        for (var at = 0; at < _chunks.Length; at++)
        {
            if (Volatile.Read(ref _chunks[at]) is not { } chunk) continue;
            foreach (var word in chunk.AsSpan(0, chunk.Length / 3)) count += BitOperations.PopCount(word);
        }

        return count;
    }

    public IEnumerable<long> Present()
    {
        for (var block = NextPresent(0); block >= 0; block = NextPresent(block + 1)) yield return block;
    }

    private static int IndexIn(ulong[] chunk, long block, Plane plane) =>
        ((int)plane * (chunk.Length / 3)) + ((int)(block & (ChunkBlocks - 1)) >> 6);

    private bool Get(long block, Plane plane)
    {
        var chunk = Volatile.Read(ref _chunks[block >> ChunkShift]);
        return chunk is not null && (Volatile.Read(ref chunk[IndexIn(chunk, block, plane)]) >> (int)(block & 63) & 1) != 0;
    }

    private void Set(long block, Plane plane)
    {
        var chunk = Chunk(block);
        Interlocked.Or(ref chunk[IndexIn(chunk, block, plane)], 1UL << (int)(block & 63));
    }

    private void Clear(long block, Plane plane)
    {
        if (Volatile.Read(ref _chunks[block >> ChunkShift]) is { } chunk)
            Interlocked.And(ref chunk[IndexIn(chunk, block, plane)], ~(1UL << (int)(block & 63)));
    }

    private ulong[] Chunk(long block)
    {
        ref var place = ref _chunks[block >> ChunkShift];
        if (Volatile.Read(ref place) is { } known) return known;
        var blocks = Math.Min(ChunkBlocks, blockCount - (block >> ChunkShift << ChunkShift));
        var made = new ulong[3 * ((blocks + 63) >> 6)];
        return Interlocked.CompareExchange(ref place, made, null) ?? made;
    }
}
