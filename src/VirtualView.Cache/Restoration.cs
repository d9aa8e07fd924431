using VirtualView.Cache.Blocks;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Index;
using VirtualView.Cache.Payloads;
using VirtualView.Cache.Room;

namespace VirtualView.Cache;

/// <summary>
/// Brings index and files together at the start: only blocks that both speak of are cached. What a crash left of
/// others is deleted, so that the quota tells what the disk really holds.
/// </summary>
internal sealed class Restoration(
    BlockIndex index, Dictionary<ulong, Payload> payloads, PayloadTable table, PayloadFiles files, BlockRemover remover,
    Quota quota, StoreCounters counters)
{
    /// <summary>What a file system needs beside the blocks themselves: a label, a tree of extents, rounding.</summary>
    private const int SpareBytes = 16 << 10;
    private const int PageBytes = 4 << 10;

    private readonly HashSet<BlockKey> _lost = [];

    /// <summary>Blocks that the index speaks of and the disk has no bytes of: no file, or a hole in it.</summary>
    public int Lost { get; private set; }

    /// <summary>Files without a block.</summary>
    public int Empty { get; private set; }

    public void Run()
    {
        index.Replay(Record);
        foreach (var key in _lost) index.Delete(key);
        Lost = _lost.Count;
        foreach (var payload in payloads.Values) Restore(payload);
    }

    private void Record(BlockKey key, BlockEntry? entry)
    {
        if (!payloads.TryGetValue(key.Payload, out var payload) || key.Block < 0 || key.Block >= payload.BlockCount)
        {
            if (entry is null) _lost.Remove(key);
            else _lost.Add(key);
            return;
        }

        var isGood = entry is { } intact && intact.IsIntact(key) && intact.LengthBytes == payload.LengthOf(key.Block);
        if (isGood) payload.Bits.SetPresent(key.Block);
        else payload.Bits.ClearPresent(key.Block);
        if (isGood || entry is null) _lost.Remove(key);
        else _lost.Add(key);
    }

    private void Restore(Payload payload)
    {
        var allocatedBytes = Libc.AllocatedBytes(files.PathOf(payload));
        if (Count(payload).RoomBytes > allocatedBytes) DropHoles(payload);
        var (blocks, bytes, roomBytes) = Count(payload);

        // A lent file is whole, or goes: what is missing must not be punched or put where someone may have it mapped.
        // Two payloads of one version: a crash between a new one and the end of the old one. Either is right.
        var isTorn = payload.IsLent && blocks < payload.BlockCount;
        if (blocks == 0 || isTorn || !table.TryAdd(payload))
        {
            Empty++;
            foreach (var block in payload.Bits.Present()) index.Delete(new BlockKey(payload.Id, block));
            TryDelete(payload);
            return;
        }

        quota.Take(bytes);
        counters.AddBlocks(blocks);
        if (!payload.IsLent && allocatedBytes > roomBytes + SpareBytes) PunchAbsent(payload);
    }

    private static (long Blocks, long Bytes, long RoomBytes) Count(Payload payload)
    {
        var (blocks, bytes, roomBytes) = (0L, 0L, 0L);
        foreach (var block in payload.Bits.Present())
        {
            blocks++;
            bytes += payload.LengthOf(block);
            roomBytes += (payload.LengthOf(block) + PageBytes - 1) / PageBytes * PageBytes;
        }

        return (blocks, bytes, roomBytes);
    }

    /// <summary>Blocks were evicted, and the crash took the record of it. Some file systems keep a block of zeros as a hole, too.</summary>
    private void DropHoles(Payload payload)
    {
        foreach (var block in payload.Bits.Present())
        {
            var key = new BlockKey(payload.Id, block);
            if (!files.IsHole(payload, block) || index.FindNow(key) is not { } entry) continue;
            if (entry.Proves(key, new byte[payload.LengthOf(block)])) continue;
            index.Delete(key);
            payload.Bits.ClearPresent(block);
            Lost++;
        }
    }

    private void TryDelete(Payload payload)
    {
        try
        {
            files.Delete(payload);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Without a block it is found again at the next start.
        }
    }

    /// <summary>Bytes were put whose keys the crash took.</summary>
    private void PunchAbsent(Payload payload)
    {
        var from = 0L;
        for (var next = payload.Bits.NextPresent(0); from < payload.BlockCount; next = payload.Bits.NextPresent(from))
        {
            var until = next < 0 ? payload.BlockCount : next;
            if (until > from) remover.Punch(payload, from, until - from);
            from = until + 1;
        }
    }
}
