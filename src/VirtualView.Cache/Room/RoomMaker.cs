using VirtualView.Cache.Blocks;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Layout;
using VirtualView.Cache.Payloads;
using VirtualView.Cache.Upkeep;

namespace VirtualView.Cache.Room;

/// <summary>Finds room for a block within the quota and above the disk's free minimum, by evicting others.</summary>
internal sealed class RoomMaker(
    StoreLayout layout, IDisk disk, Quota quota, PayloadTable table, BlockRemover remover, Retirement retirement, long minFreeBytes,
    TimeProvider clock)
{
    /// <summary>When others fill the disk, one put gives up after so many evictions: it must not empty the cache for them.</summary>
    private const int MostEvictions = 256;
    private const int MostAttempts = 1024;
    private const int MostWaits = 16;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly ClockHand _hand = new(table);

    /// <summary>Waits for what a dropped version is just giving back, but not for ever.</summary>
    public async ValueTask<RoomAnswer> ReserveAsync(long bytes, CancellationToken cancel)
    {
        for (var waits = 0; ; waits++)
        {
            // Taken before the look: a payload that leaves after it has not been missed.
            var leaving = retirement.Underway;
            var answer = TryReserve(bytes);
            if (answer is RoomAnswer.Reserved or RoomAnswer.DiskFull || leaving is null || waits == MostWaits) return answer;
            try
            {
                await leaving.WaitAsync(LongestWait, clock, cancel).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return answer;
            }
        }
    }

    private RoomAnswer TryReserve(long bytes)
    {
        while (!quota.TryReserve(bytes))
            if (!TryEvictOne()) return table.HasPinned ? RoomAnswer.Pinned : RoomAnswer.Busy;

        for (var left = MostEvictions; !HasFree(bytes); left--)
        {
            if (left > 0 && TryEvictOne()) continue;
            quota.Release(bytes);
            return RoomAnswer.DiskFull;
        }

        return RoomAnswer.Reserved;
    }

    /// <summary>False when there is nothing left to evict.</summary>
    public bool TryEvictOne()
    {
        for (var left = MostAttempts; left > 0 && _hand.Next() is var (payload, block); left--)
        {
            if (remover.TryEvict(payload, block))
            {
                if (payload.Bits.NextPresent(0) < 0) retirement.Consider(payload);
                return true;
            }

            // Another one took the victim first, or the payload must go whole and is busy.
            if (remover.EvictsWhole) _hand.Skip();
        }

        return false;
    }

    private bool HasFree(long bytes) => minFreeBytes == 0 || disk.FreeBytes(layout.Root) - bytes >= minFreeBytes;
}
