namespace VirtualView.Cache.Room;

/// <summary>The bytes of all blocks, with those being put: never more than the capacity.</summary>
internal sealed class Quota(long capacityBytes)
{
    private long _used;
    private long _capacity = capacityBytes;

    /// <summary>May change while the store is open; what is over a lower one leaves by <see cref="RoomMaker.TryEvictOne"/>.</summary>
    public long CapacityBytes
    {
        get => Volatile.Read(ref _capacity);
        set => Volatile.Write(ref _capacity, value);
    }

    public long UsedBytes => Volatile.Read(ref _used);

    public bool IsOver => UsedBytes > CapacityBytes;

    public bool TryReserve(long bytes)
    {
        var used = UsedBytes;
        while (used <= CapacityBytes - bytes)
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
