using VirtualView.Cache.Index;
using VirtualView.Cache.Payloads;
using VirtualView.Core.Crashes;

namespace VirtualView.Cache.Upkeep;

/// <summary>Makes what was put durable: the files' bytes first, then the index that speaks of them.</summary>
internal sealed class Checkpointer(
    BlockIndex index, IndexSealer sealer, DirtyFiles dirty, StoreCounters counters, BlockStoreOptions options, TimeProvider clock,
    Action nudge, bool isSealed) : IDisposable
{
    /// <summary>Below this a log is not worth compacting.</summary>
    private const long SmallLogBytes = 1 << 20;

    private readonly SemaphoreSlim _one = new(1, 1);
    private long _sealed = isSealed ? 0 : -1; // changes of the index in the last checkpoint; guarded by _one
    private long _unsavedBytes;
    private long _lastAt = clock.GetTimestamp();
    private long _lastTableAt = clock.GetTimestamp();

    public bool IsDue =>
        Volatile.Read(ref _unsavedBytes) >= options.CheckpointBytes || clock.GetElapsedTime(_lastAt) >= options.CheckpointInterval;

    public void Changed(Payload payload, int bytes)
    {
        dirty.Add(payload);
        var unsaved = Interlocked.Add(ref _unsavedBytes, bytes);
        if (unsaved >= options.CheckpointBytes && unsaved - bytes < options.CheckpointBytes) nudge();
    }

    /// <summary>Does nothing when nothing changed since the last one.</summary>
    public async ValueTask RunAsync(bool withTable, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            _lastAt = clock.GetTimestamp();
            var changes = index.Changes;
            if (changes == _sealed) return;
            Volatile.Write(ref _unsavedBytes, 0);
            await Task.Run(Prepare, cancel).ConfigureAwait(false);
            CrashPoint.Reached(CrashPoints.CacheCheckpointSynced);
            var isTableDue = clock.GetElapsedTime(_lastTableAt) >= options.TableCheckpointInterval;
            var checkpoint = await index.CheckpointAsync(withTable || isTableDue, cancel).ConfigureAwait(false);
            if (withTable || isTableDue) _lastTableAt = clock.GetTimestamp();
            CrashPoint.Reached(CrashPoints.CacheCheckpointFolded);
            await Task.Run(() => sealer.Seal(checkpoint), cancel).ConfigureAwait(false);
            CrashPoint.Reached(CrashPoints.CacheCheckpointSealed);
            _sealed = changes;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private void Prepare()
    {
        dirty.Sync();
        var liveBytes = counters.Blocks * IndexSize.RecordBytes;
        if (index.LogBytes > Math.Max(2 * liveBytes, SmallLogBytes)) index.Compact();
    }
}
