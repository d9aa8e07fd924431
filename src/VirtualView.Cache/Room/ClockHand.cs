using VirtualView.Cache.Payloads;

namespace VirtualView.Cache.Room;

/// <summary>
/// Chooses what to evict: blocks of dropped payloads first, then CLOCK. The hand passes over all blocks; one that was
/// used since it passed the last time is spared once, pinned payloads always.
/// </summary>
internal sealed class ClockHand(PayloadTable table)
{
    private readonly Lock _gate = new();
    private int _place; // guarded by _gate
    private long _block; // guarded by _gate
    private Payload? _in; // guarded by _gate

    /// <summary>The next block to evict; nothing when two whole rounds found none.</summary>
    public (Payload Payload, long Block)? Next()
    {
        foreach (var payload in table.Dropped())
            if (!payload.IsOnLoan && payload.Bits.NextPresent(0) is >= 0 and var block) return (payload, block);

        lock (_gate)
        {
            // Two rounds and the rest of the present payload: the first may find every block used.
            for (var visits = (2 * table.Count) + 2; visits > 0; visits--)
            {
                // What the hand stood in is gone, and the list's last and youngest took its place: it is not next.
                if (_block > 0 && table.At(_place) != _in) SkipLocked();
                _in = table.At(_place);
                if (_in is { IsPinned: false, IsOnLoan: false } payload && NextInLocked(payload) is { } block) return (payload, block);
                SkipLocked();
            }
        }

        return null;
    }

    /// <summary>Goes on with the next payload: this one is busy.</summary>
    public void Skip()
    {
        lock (_gate) SkipLocked();
    }

    private void SkipLocked()
    {
        _block = 0;
        _place = _place + 1 < table.Count ? _place + 1 : 0;
    }

    private long? NextInLocked(Payload payload)
    {
        while ((_block = payload.Bits.NextPresent(_block)) >= 0)
            if (!payload.Bits.TakeUsed(_block++)) return _block - 1;
        return null;
    }
}
