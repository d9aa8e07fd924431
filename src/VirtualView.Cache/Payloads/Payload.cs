using Microsoft.Win32.SafeHandles;
using VirtualView.Core.Blocks;
using VirtualView.Core.Ranges;

namespace VirtualView.Cache.Payloads;

/// <summary>
/// The cached part of one version, in memory. A block is absent, busy (being put or removed) or present; only who has
/// claimed it moves it. Readers take no lock: they look at the bits, read the file, and look at
/// <see cref="Removals"/> again.
/// </summary>
internal sealed class Payload(ulong id, PayloadIdentity identity, int blockSizeBytes)
{
    private const long WholePayload = -1;

    private readonly Lock _gate = new();
    private Dictionary<long, TaskCompletionSource>? _busy; // guarded by _gate
    private SafeFileHandle? _file;
    private long _removals;
    private List<long>? _unsynced; // guarded by _gate
    private bool _isLent;

    public ulong Id => id;

    public PayloadIdentity Identity => identity;

    public long BlockCount { get; } = (identity.SizeBytes + blockSizeBytes - 1) / blockSizeBytes;

    public BlockBits Bits { get; } = new((identity.SizeBytes + blockSizeBytes - 1) / blockSizeBytes);

    /// <summary>
    /// Grows after a block's bits are cleared and before its bytes are touched. So who finds the bits set after reading
    /// this, and this unchanged after reading the bytes, has read bytes that no removal touched.
    /// </summary>
    public long Removals => Volatile.Read(ref _removals);

    /// <summary>The open file, if it is open. It may be closed at any time.</summary>
    public SafeFileHandle? File
    {
        get => Volatile.Read(ref _file);
        set => Volatile.Write(ref _file, value);
    }

    /// <summary>Closes the open file, if any. Who is just using it keeps it until it is done.</summary>
    public void CloseFile() => Interlocked.Exchange(ref _file, null)?.Dispose();

    /// <summary>The open file was used since the hand of the open files passed.</summary>
    public bool IsFileUsed { get; set; }

    /// <summary>Guards opening, making and deleting the file.</summary>
    public Lock FileGate { get; } = new();

    /// <summary>The file was made, and nobody deleted it. Guarded by <see cref="FileGate"/>.</summary>
    public bool HasFile { get; set; }

    /// <summary>The file's name has not reached the disk for certain yet. Guarded by <see cref="FileGate"/>.</summary>
    public bool IsNameNew { get; set; }

    /// <summary>The version is obsolete: another payload may have taken its name, and this one goes first.</summary>
    public bool IsDropped { get; set; }

    /// <summary>Its file has the name that the next start deletes. Set under <see cref="FileGate"/>.</summary>
    public bool HasDroppedName { get; set; }

    /// <summary>Its blocks are not evicted for room. Set by the table; a hint that may come late.</summary>
    public bool IsPinned { get; set; }

    /// <summary>
    /// The kernel has had the file, and programs may have it mapped still: it is deleted as a whole or not at all. Only a
    /// whole payload is lent, so nothing is put into it. Set under the payload's gate, unset by who has claimed all.
    /// </summary>
    public bool IsLent
    {
        get => Volatile.Read(ref _isLent);
        set => Volatile.Write(ref _isLent, value);
    }

    /// <summary>Evicting it would free nothing: its file is in use, and lives on without a name.</summary>
    public bool IsOnLoan => IsLent && Leases > 0;

    /// <summary>Guarded by the table.</summary>
    public int Leases { get; set; }

    /// <summary>Where it stands in the table's list. Guarded by the table.</summary>
    public int Place { get; set; }

    public int LengthOf(long block) => (int)Math.Min(blockSizeBytes, identity.SizeBytes - (block * blockSizeBytes));

    /// <summary>The bytes of the blocks that are here.</summary>
    public long PresentBytes()
    {
        var bytes = Bits.CountPresent() * blockSizeBytes;
        return BlockCount > 0 && Bits.IsPresent(BlockCount - 1) ? bytes - blockSizeBytes + LengthOf(BlockCount - 1) : bytes;
    }

    /// <summary>The block's bytes may not have reached the disk. Answers how many blocks that are since the last <see cref="TakeUnsynced"/>.</summary>
    public int MarkUnsynced(long block)
    {
        lock (_gate)
        {
            (_unsynced ??= []).Add(block);
            return _unsynced.Count;
        }
    }

    public List<long> TakeUnsynced()
    {
        lock (_gate)
        {
            var blocks = _unsynced ?? [];
            _unsynced = null;
            return blocks;
        }
    }

    /// <summary>Claims an absent block. When it fails: <paramref name="busy"/> ends when the block is no longer busy, or is null when it is present.</summary>
    public bool TryClaimAbsent(long block, out Task? busy)
    {
        lock (_gate)
        {
            busy = BusyLocked(block) ?? BusyLocked(WholePayload);
            if (busy is not null || Bits.IsPresent(block)) return false;
            ClaimLocked(block);
            return true;
        }
    }

    /// <summary>From here on no single block is removed. False when a block is busy, absent or not proven.</summary>
    public bool TryMarkLent()
    {
        lock (_gate)
        {
            if (_busy is { Count: > 0 } || Bits.CountProven() < BlockCount) return false;
            return IsLent = true;
        }
    }

    /// <summary>Claims a present block and makes it absent for all readers, also for those who are just reading it. Never one of a lent file.</summary>
    public bool TryClaimPresent(long block)
    {
        lock (_gate)
        {
            if (IsLent || (BusyLocked(block) ?? BusyLocked(WholePayload)) is not null || !Bits.IsPresent(block)) return false;
            ClaimLocked(block);
            Bits.ClearPresent(block);
            Interlocked.Increment(ref _removals);
            return true;
        }
    }

    /// <summary>Claims everything, if nothing is busy: the blocks that were present are absent then.</summary>
    public bool TryClaimWhole(out List<long> blocks)
    {
        blocks = [];
        lock (_gate)
        {
            if (_busy is { Count: > 0 }) return false;
            ClaimLocked(WholePayload);
            blocks = TakeAllLocked();
            return true;
        }
    }

    /// <summary>
    /// The same, waiting for what is busy: nothing new can be claimed meanwhile, so it ends. Who holds a claim of this
    /// payload must not call it.
    /// </summary>
    public async ValueTask<List<long>> ClaimWholeAsync(CancellationToken cancel)
    {
        while (true)
        {
            Task others;
            bool isMine;
            lock (_gate)
            {
                isMine = BusyLocked(WholePayload) is null;
                others = isMine ? Task.WhenAll((_busy ?? []).Values.Select(waiters => waiters.Task)) : BusyLocked(WholePayload)!;
                if (isMine) ClaimLocked(WholePayload);
            }

            try
            {
                await others.WaitAsync(cancel).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                if (isMine) ReleaseWhole();
                throw;
            }

            if (!isMine) continue;
            lock (_gate) return TakeAllLocked();
        }
    }

    /// <summary>
    /// Ends a claim. A block that was put becomes readable, and counts as proved: its bytes came from memory. It does not
    /// count as used: a scan must not make the clock's hand pass over what is read again and again.
    /// </summary>
    public void Release(long block, bool isPresent)
    {
        TaskCompletionSource? waiters;
        lock (_gate)
        {
            if (isPresent)
            {
                Bits.SetProven(block);
                Bits.SetPresent(block);
            }

            _busy!.Remove(block, out waiters);
        }

        waiters?.TrySetResult();
    }

    public void ReleaseWhole() => Release(WholePayload, isPresent: false);

    public RangeSet Cached()
    {
        var ranges = new List<ByteRange>();
        foreach (var block in Bits.Present())
            ranges.Add(new ByteRange(block * blockSizeBytes, LengthOf(block)));
        return RangeSet.Of(ranges);
    }

    private List<long> TakeAllLocked()
    {
        var blocks = new List<long>(Bits.Present());
        foreach (var block in blocks) Bits.ClearPresent(block);
        Interlocked.Increment(ref _removals);
        return blocks;
    }

    private Task? BusyLocked(long block) => _busy is not null && _busy.TryGetValue(block, out var waiters) ? waiters.Task : null;

    private void ClaimLocked(long block) =>
        (_busy ??= []).Add(block, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
