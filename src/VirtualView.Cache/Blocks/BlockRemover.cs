using Microsoft.Extensions.Logging;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Index;
using VirtualView.Cache.Layout;
using VirtualView.Cache.Payloads;
using VirtualView.Cache.Room;
using VirtualView.Core.Crashes;

namespace VirtualView.Cache.Blocks;

/// <summary>
/// Takes blocks away, always in this order: bits cleared, removals counted (both in the claim), key deleted, bytes
/// touched, quota released, claim released. A put of the same block begins only after the last.
/// </summary>
internal sealed class BlockRemover(
    StoreLayout layout, BlockIndex index, PayloadFiles files, IDisk disk, Quota quota, StoreCounters counters,
    int blockSizeBytes, bool hasHoles, ILogger log)
{
    private volatile bool _noHoles = !hasHoles;

    /// <summary>The disk cannot punch holes: room comes only from whole payloads.</summary>
    public bool EvictsWhole => _noHoles;

    /// <summary>Takes the block away, and with it all others of a lent file. False when someone else has claimed it, or it is gone.</summary>
    public bool TryRemove(Payload payload, long block)
    {
        if (payload.IsLent) return TryEmpty(payload, files.Delete, each: null);
        if (!payload.TryClaimPresent(block)) return false;
        try
        {
            index.Delete(new BlockKey(payload.Id, block));
            CrashPoint.Reached(CrashPoints.CacheRemoveUnindexed);
            Punch(payload, block);
            CrashPoint.Reached(CrashPoints.CacheRemovePunched);
        }
        finally
        {
            quota.Release(payload.LengthOf(block));
            counters.AddBlocks(-1);
            payload.Release(block, isPresent: false);
        }

        return true;
    }

    /// <summary>Makes room: one block, or the whole payload where the disk cannot punch holes or the file was lent.</summary>
    public bool TryEvict(Payload payload, long block)
    {
        if (!_noHoles && !payload.IsLent)
        {
            if (!TryRemove(payload, block)) return false;
            counters.Evict();
            if (!_noHoles) return true;
        }

        return TryEmpty(payload, TryTruncate, counters.Evict);
    }

    /// <summary>The payload's file is gone or not ours: nothing of it counts any more, and a put makes a new one.</summary>
    public void Forget(Payload payload)
    {
        log.FileForeign(files.PathOf(payload), payload.Identity.Version.ToString());
        TryEmpty(payload, files.Delete, counters.Damage);
    }

    /// <summary>Deletes a payload that has left the table. False when a block is still busy.</summary>
    public bool TryDelete(Payload payload) => TryEmpty(payload, files.Delete, each: null);

    /// <summary>Deletes all that is cached of a payload, as soon as nothing of it is busy. Answers the bytes freed.</summary>
    public async ValueTask<long> EraseAsync(Payload payload, CancellationToken cancel)
    {
        var blocks = await payload.ClaimWholeAsync(cancel).ConfigureAwait(false);
        try
        {
            return Empty(payload, blocks, files.Delete, counters.Evict);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The blocks are gone all the same; the room comes back with the next start.
            log.PunchFailed(files.PathOf(payload), error);
            return 0;
        }
    }

    /// <summary>Its bytes are not those that were put. Where the disk has none at all it is no damage: see <see cref="PayloadFiles.IsHole"/>.</summary>
    public void Damaged(Payload payload, long block)
    {
        var isHole = files.IsHole(payload, block); // before its room is given back
        if (!TryRemove(payload, block)) return;
        if (isHole)
        {
            counters.Evict();
            return;
        }

        counters.Damage();
        log.BlockDamaged(block, payload.Identity.Version.ToString());
    }

    /// <summary>Gives the bytes of absent or claimed blocks back to the disk.</summary>
    public void Punch(Payload payload, long block, long count = 1)
    {
        try
        {
            using var held = files.Hold(payload);
            if (held.File is null) return;
            // Up to the end of the block, not of the file: a hole of whole pages frees the last one too.
            var error = disk.PunchHole(held.File, block * blockSizeBytes, count * blockSizeBytes);
            if (!Errno.IsUnsupported(error) || _noHoles) return;
            _noHoles = true;
            log.NoHoles(layout.Root);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The room is not given back now; the next start finds it.
            log.PunchFailed(files.PathOf(payload), error);
        }
    }

    private bool TryEmpty(Payload payload, Action<Payload> clearFile, Action? each)
    {
        if (!payload.TryClaimWhole(out var blocks)) return false;
        Empty(payload, blocks, clearFile, each);
        return true;
    }

    /// <summary>Ends the claim of the whole.</summary>
    private long Empty(Payload payload, List<long> blocks, Action<Payload> clearFile, Action? each)
    {
        var bytes = blocks.Sum(block => (long)payload.LengthOf(block));
        try
        {
            foreach (var block in blocks)
            {
                index.Delete(new BlockKey(payload.Id, block));
                each?.Invoke();
            }

            CrashPoint.Reached(CrashPoints.CacheRetireUnindexed);
            clearFile(payload);
            CrashPoint.Reached(CrashPoints.CacheRetireDeleted);
        }
        finally
        {
            quota.Release(bytes);
            counters.AddBlocks(-blocks.Count);
            payload.ReleaseWhole();
        }

        return bytes;
    }

    private void TryTruncate(Payload payload)
    {
        try
        {
            if (payload.IsLent)
            {
                files.Delete(payload);
                return;
            }

            using var held = files.Hold(payload);
            if (held.File is not null) disk.Truncate(held.File);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The room is not given back now; the next start finds it.
            log.PunchFailed(files.PathOf(payload), error);
        }
    }
}
