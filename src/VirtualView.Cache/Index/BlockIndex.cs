using System.Collections.Concurrent;
using FASTER.core;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Layout;
using Session = FASTER.core.ClientSession<
    VirtualView.Cache.Index.BlockKey, VirtualView.Cache.Index.BlockEntry, VirtualView.Cache.Index.BlockEntry,
    VirtualView.Cache.Index.BlockEntry, FASTER.core.Empty,
    FASTER.core.SimpleFunctions<VirtualView.Cache.Index.BlockKey, VirtualView.Cache.Index.BlockEntry>>;

namespace VirtualView.Cache.Index;

/// <summary>
/// Which blocks are cached, and what proves them: the one class that speaks to FASTER. Fixed-size records only, no
/// read cache, no I/O in its callbacks; what it holds is trusted only after <see cref="BlockEntry.IsIntact"/>.
/// </summary>
internal sealed class BlockIndex : IAsyncDisposable
{
    /// <summary>A lookup that the log's disk does not answer in this time is given up, with its session.</summary>
    private static readonly TimeSpan LookupTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CheckpointTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Below this a log is not worth compacting.</summary>
    private const long SmallLogBytes = 1 << 20;

    private readonly TimeProvider _clock;
    private readonly IndexWrites _writes;
    private readonly IndexDevice _device;
    private readonly DeviceLogCommitCheckpointManager _checkpoints;
    private readonly FasterKV<BlockKey, BlockEntry> _store;
    private readonly ConcurrentBag<Session> _sessions = [];
    private Task _underway = Task.CompletedTask;
    private Guid _table;
    private long _changes;
    private bool _isLogDoubtful;

    public BlockIndex(StoreLayout layout, IndexSize size, IDisk disk, TimeProvider clock)
    {
        _clock = clock;
        _writes = new IndexWrites(disk);
        _device = new IndexDevice(layout, layout.Log, _writes);
        _checkpoints = new DeviceLogCommitCheckpointManager(new IndexDevices(layout, _writes), layout.Index);
        var log = new LogSettings
        {
            LogDevice = _device,
            PageSizeBits = IndexSize.PageBits,
            MemorySizeBits = size.MemoryBits,
            SegmentSizeBits = layout.LogSegmentBits,
        };
        var checkpoints = new CheckpointSettings { CheckpointManager = _checkpoints };
        _store = new(size.Buckets, log, checkpoints, comparer: new BlockKeyComparer());
    }

    /// <summary>Puts and deletions so far: a checkpoint is worth making when this has grown.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>Dead records and living ones.</summary>
    public long LogBytes => _store.Log.TailAddress - _store.Log.BeginAddress;

    /// <summary>What the disk refused to take: no checkpoint can end before it does.</summary>
    public long HeldBytes => _writes.HeldBytes;

    /// <summary>Worth compacting: mostly dead, or not all of it has reached the disk for certain.</summary>
    public bool IsWorn(long liveBytes) => _isLogDoubtful || LogBytes > Math.Max(2 * liveBytes, SmallLogBytes);

    /// <summary>Makes the index what it was at a checkpoint. The caller has proved the checkpoint's files: FASTER does not.</summary>
    public async Task RecoverAsync(IndexCheckpoint checkpoint, CancellationToken cancel)
    {
        // Records younger than the checkpoint's version are kept: each entry is proved by itself.
        await _store.RecoverAsync(checkpoint.Table, checkpoint.Log, undoNextVersion: false, cancellationToken: cancel)
            .AsTask().WaitAsync(CheckpointTimeout, _clock, cancel).ConfigureAwait(false);
        _table = checkpoint.Table;
    }

    public async ValueTask<BlockEntry?> FindAsync(BlockKey key, CancellationToken cancel)
    {
        var session = Rent();
        var read = session.ReadAsync(ref key, token: CancellationToken.None);
        if (!read.IsCompleted)
        {
            try
            {
                var result = await read.AsTask().WaitAsync(LookupTimeout, _clock, cancel).ConfigureAwait(false);
                return Finish(session, result);
            }
            catch (Exception error) when (error is TimeoutException or OperationCanceledException)
            {
                // The session still waits for its answer: it is left to it, never used or disposed again.
                cancel.ThrowIfCancellationRequested();
                return null;
            }
        }

        return Finish(session, await read.ConfigureAwait(false));
    }

    /// <summary>Without waiting: nothing, too, when the record does not lie in memory.</summary>
    public BlockEntry? FindNow(BlockKey key)
    {
        var found = FindAsync(key, CancellationToken.None);
        // What is under way ends by itself, and gives its session back.
        return found.IsCompletedSuccessfully ? found.GetAwaiter().GetResult() : null;
    }

    public void Put(BlockKey key, BlockEntry entry)
    {
        var session = Rent();
        session.Upsert(ref key, ref entry);
        Interlocked.Increment(ref _changes);
        _sessions.Add(session);
    }

    public void Delete(BlockKey key)
    {
        var session = Rent();
        session.Delete(ref key);
        Interlocked.Increment(ref _changes);
        _sessions.Add(session);
    }

    /// <summary>All records from the oldest to the newest, without an entry where the key was deleted. The last one of a key counts.</summary>
    public void Replay(Action<BlockKey, BlockEntry?> record)
    {
        using var records = _store.Log.Scan(_store.Log.BeginAddress, _store.Log.TailAddress);
        while (records.GetNext(out var info, out var key, out var entry)) record(key, info.Tombstone ? null : entry);
    }

    /// <summary>Folds the log over: all that was put before is on the disk after. With the hash table if asked, or if there is none yet.</summary>
    /// <exception cref="IOException">The disk refuses. FASTER goes on with it when the disk is tried again, which the next call does.</exception>
    public async Task<IndexCheckpoint> CheckpointAsync(bool withTable, CancellationToken cancel)
    {
        _writes.Retry();
        await WithinAsync(_underway, cancel).ConfigureAwait(false);
        if (withTable || _table == default)
            _table = await TakeAsync(token => _store.TakeIndexCheckpointAsync(token), cancel).ConfigureAwait(false);
        var log = await TakeAsync(token => _store.TakeHybridLogCheckpointAsync(CheckpointType.FoldOver, cancellationToken: token), cancel)
            .ConfigureAwait(false);
        var info = default(HybridLogRecoveryInfo);
        using var text = new StreamReader(new MemoryStream(_checkpoints.GetLogCheckpointMetadata(log, null, false, -1)));
        info.Initialize(text);
        // Its pages would never be written again: a compaction writes what lives to others.
        if (_writes.Sync() is var error && (_isLogDoubtful = error != Errno.None)) throw Refused(error);
        return new IndexCheckpoint(log, _table, info.beginAddress, info.finalLogicalAddress);
    }

    /// <summary>Doubles the hash table until it is large enough, while everything else goes on. True when it grew.</summary>
    public bool GrowFor(long blocks)
    {
        var before = _store.IndexSize;
        while (_store.IndexSize * IndexSize.BlocksPerBucket < blocks)
            if (!_store.GrowIndex()) break; // a checkpoint is still under way: the next one tries again
        return _store.IndexSize > before;
    }

    /// <summary>Moves what lives to the end of the log; the next checkpoint deletes the segments before it.</summary>
    public void Compact()
    {
        var session = Rent();
        session.Compact(_store.Log.SafeReadOnlyAddress, CompactionType.Lookup);
        _sessions.Add(session);
        _isLogDoubtful = false;
    }

    public async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync().ConfigureAwait(false);
        foreach (var session in _sessions) session.Dispose();
        _store.Dispose();
        _checkpoints.Dispose();
        _device.Dispose();
    }

    private async Task<Guid> TakeAsync(Func<CancellationToken, ValueTask<(bool Done, Guid Token)>> take, CancellationToken cancel)
    {
        // It is not cancelled: FASTER would be left in the middle of it.
        var taken = take(CancellationToken.None).AsTask();
        _underway = taken;
        await WithinAsync(taken, cancel).ConfigureAwait(false);
        var (done, token) = await taken.ConfigureAwait(false);
        return done ? token : throw new IOException("another checkpoint of the index is under way");
    }

    /// <summary>Waits for FASTER as long as the disk takes what it writes.</summary>
    private async Task WithinAsync(Task checkpoint, CancellationToken cancel)
    {
        var refused = _writes.WhenRefused;
        await Task.WhenAny(checkpoint, refused).WaitAsync(CheckpointTimeout, _clock, cancel).ConfigureAwait(false);
        if (!checkpoint.IsCompleted) throw Refused(await refused.ConfigureAwait(false));
    }

    private static IOException Refused(int error) => new($"the disk refuses the index of the cache (error {error})", error);

    private BlockEntry? Finish(
        Session session, FasterKV<BlockKey, BlockEntry>.ReadAsyncResult<BlockEntry, BlockEntry, Empty> result)
    {
        var (status, entry) = result.Complete();
        _sessions.Add(session);
        return status.Found ? entry : null;
    }

    private Session Rent() =>
        _sessions.TryTake(out var session)
            ? session
            : _store.For(new SimpleFunctions<BlockKey, BlockEntry>()).NewSession<SimpleFunctions<BlockKey, BlockEntry>>();
}
