namespace VirtualView.Cache.Room;

/// <summary>The bytes of all blocks, with those being put: never more than the capacity.</summary>
internal sealed class Quota(long capacityBytes)
{
    private long _used;

    public long CapacityBytes => capacityBytes;

    public long UsedBytes => Volatile.Read(ref _used);

    public bool IsOver => UsedBytes > capacityBytes;

    public bool TryReserve(long bytes)
    {
        var used = UsedBytes;
        while (used <= capacityBytes - bytes)
        {
            var seen = Interlocked.CompareExchange(ref _used, used + bytes, used);
            if (seen == used) return true;
            used = seen;
        }

        return false;
    }

    public void Release(long bytes) => Interlocked.Add(ref _used, -bytes);

    /// <summary>Counts what was found at the start, even where the capacity was larger then.</summary>
    public void Take(long bytes) => Interlocked.Add(ref _used, bytes);
}
