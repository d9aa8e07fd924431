using VirtualView.Cache.Blocks;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Layout;
using VirtualView.Cache.Payloads;
using VirtualView.Cache.Upkeep;

namespace VirtualView.Cache.Room;

/// <summary>Finds room for a block within the quota and above the disk's free minimum, by evicting others.</summary>
internal sealed class RoomMaker(
    StoreLayout layout, IDisk disk, Quota quota, ClockHand hand, BlockRemover remover, Retirement retirement, long minFreeBytes)
{
    /// <summary>When others fill the disk, one put gives up after so many evictions: it must not empty the cache for them.</summary>
    private const int MostEvictions = 256;
    private const int MostAttempts = 1024;

    /// <summary>True when the bytes are reserved in the quota.</summary>
    public bool TryReserve(long bytes)
    {
        while (!quota.TryReserve(bytes))
            if (!TryEvictOne()) return false;

        for (var left = MostEvictions; !HasFree(bytes); left--)
        {
            if (left > 0 && TryEvictOne()) continue;
            quota.Release(bytes);
            return false;
        }

        return true;
    }

    /// <summary>False when there is nothing left to evict.</summary>
    public bool TryEvictOne()
    {
        for (var left = MostAttempts; left > 0 && hand.Next() is var (payload, block); left--)
        {
            if (remover.TryEvict(payload, block))
            {
                if (payload.Bits.NextPresent(0) < 0) retirement.Consider(payload);
                return true;
            }

            // Another one took the victim first, or the payload must go whole and is busy.
            if (remover.EvictsWhole) hand.Skip();
        }

        return false;
    }

    private bool HasFree(long bytes) => minFreeBytes == 0 || disk.FreeBytes(layout.Root) - bytes >= minFreeBytes;
}
