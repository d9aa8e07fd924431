using VirtualView.Cache.Disk;
using VirtualView.Cache.Health;
using VirtualView.Cache.Index;
using VirtualView.Cache.Payloads;
using VirtualView.Cache.Room;
using VirtualView.Core.Crashes;

namespace VirtualView.Cache.Upkeep;

/// <summary>Makes what was put durable: the files' bytes first, then the index that speaks of them.</summary>
internal sealed class Checkpointer(
    BlockIndex index, IndexSealer sealer, DirtyFiles dirty, RoomMaker room, StoreCounters counters, StoreHealth health,
    BlockStoreOptions options, TimeProvider clock, Action nudge, bool isSealed) : IDisposable
{
    /// <summary>For a seal, folders, and what the file system needs for itself.</summary>
    private const long SpareBytes = 256 << 10;

    private readonly SemaphoreSlim _one = new(1, 1);
    private long _sealed = isSealed ? 0 : -1; // changes of the index in the last checkpoint; guarded by _one
    private long _unsavedBytes;
    private long _lastAt = clock.GetTimestamp();
    private long _lastTableAt = clock.GetTimestamp();

    public bool IsDue =>
        Volatile.Read(ref _unsavedBytes) >= options.CheckpointBytes || clock.GetElapsedTime(_lastAt) >= options.CheckpointInterval;

    public void Changed(Payload payload, long block, int bytes)
    {
        dirty.Add(payload, block);
        var unsaved = Interlocked.Add(ref _unsavedBytes, bytes);
        if (unsaved >= options.CheckpointBytes && unsaved - bytes < options.CheckpointBytes) nudge();
    }

    /// <summary>Does nothing when nothing changed since the last one.</summary>
    /// <exception cref="IOException">The disk refuses. The next call makes good for this one.</exception>
    public async ValueTask RunAsync(bool withTable, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await SaveAsync(withTable, cancel).ConfigureAwait(false);
            health.Works(StorePart.Checkpoints);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Catch-all: whatever FASTER throws, the next call tries again, and says nothing new of the same trouble.
            health.Fail(StorePart.Checkpoints, error);
            if (Errno.IsFull(Errno.Of(error))) MakeRoom();
            if (error is IOException) throw;
            throw new IOException($"the index of the cache cannot be saved: {error.Message}", error);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task SaveAsync(bool withTable, CancellationToken cancel)
    {
        _lastAt = clock.GetTimestamp();
        var changes = index.Changes;
        if (changes == _sealed) return;
        Volatile.Write(ref _unsavedBytes, 0);
        var hasGrown = await Task.Run(Prepare, cancel).ConfigureAwait(false);
        CrashPoint.Reached(CrashPoints.CacheCheckpointSynced);
        var isTableDue = hasGrown || clock.GetElapsedTime(_lastTableAt) >= options.TableCheckpointInterval;
        var checkpoint = await index.CheckpointAsync(withTable || isTableDue, cancel).ConfigureAwait(false);
        if (withTable || isTableDue) _lastTableAt = clock.GetTimestamp();
        CrashPoint.Reached(CrashPoints.CacheCheckpointFolded);
        await Task.Run(() => sealer.Seal(checkpoint), cancel).ConfigureAwait(false);
        CrashPoint.Reached(CrashPoints.CacheCheckpointSealed);
        _sealed = changes;
    }

    /// <summary>True when the hash table grew: the old one would make the next start slow.</summary>
    private bool Prepare()
    {
        dirty.Sync();
        if (index.HeldBytes > 0) return false; // first the disk must take what FASTER has
        if (index.IsWorn(counters.Blocks * IndexSize.RecordBytes)) index.Compact();
        return index.GrowFor(counters.Blocks);
    }

    /// <summary>The index is small and the blocks are worthless without it: some go, so that it finds room.</summary>
    private void MakeRoom()
    {
        for (var bytes = index.HeldBytes + SpareBytes; bytes > 0; bytes -= options.BlockSizeBytes)
            if (!room.TryEvictOne()) return;
    }
}
