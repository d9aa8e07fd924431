using Microsoft.Extensions.Logging;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Index;
using VirtualView.Cache.Layout;
using VirtualView.Cache.Payloads;
using VirtualView.Cache.Room;
using VirtualView.Cache.Upkeep;
using VirtualView.Core.Blocks;
using VirtualView.Core.Crashes;
using VirtualView.Core.Versions;

namespace VirtualView.Cache.Blocks;

/// <summary>Puts blocks: claim, reserve quota, write the file, hash what is in memory, upsert the key, set the bits.</summary>
internal sealed class BlockWriter(
    StoreLayout layout, BlockIndex index, PayloadFiles files, IDisk disk, RoomMaker room, Quota quota, BlockRemover remover,
    Checkpointer checkpointer, SourceTable sources, StoreCounters counters, int blockSizeBytes, ILogger log)
{
    private int _refusal;

    public async ValueTask<PutOutcome> PutAsync(
        Payload payload, long block, ReadOnlyMemory<byte> bytes, SourceId source, CancellationToken cancel)
    {
        var outcome = PutOutcome.Failed;
        try
        {
            // Before the claim: a payload whose file is gone can be emptied only when nothing of it is busy.
            if (!files.Ensure(payload)) remover.Forget(payload);
            while (!payload.TryClaimAbsent(block, out var busy))
            {
                if (busy is null) return PutOutcome.Present;
                await busy.WaitAsync(cancel).ConfigureAwait(false);
            }

            outcome = StoreClaimed(payload, block, bytes.Span, source);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            outcome = error.HResult == Errno.NoSpace ? Refused(Errno.NoSpace) : PutOutcome.Failed;
            log.PutFailed(block, payload.Identity.Version.ToString(), error);
        }

        if (outcome != PutOutcome.Stored) counters.Refuse();
        return outcome;
    }

    private PutOutcome StoreClaimed(Payload payload, long block, ReadOnlySpan<byte> bytes, SourceId source)
    {
        var outcome = PutOutcome.Failed;
        try
        {
            outcome = Store(payload, block, bytes, source);
        }
        finally
        {
            payload.Release(block, isPresent: outcome == PutOutcome.Stored);
        }

        return outcome;
    }

    private PutOutcome Store(Payload payload, long block, ReadOnlySpan<byte> bytes, SourceId source)
    {
        if (!room.TryReserve(bytes.Length)) return Refused(Errno.NoSpace);
        var isKept = false;
        try
        {
            var error = Write(payload, block, bytes);
            // The disk's own count may lag behind what it really has: one eviction, one more try.
            if (IsFull(error) && room.TryEvictOne()) error = Write(payload, block, bytes);
            if (error != Errno.None)
            {
                remover.Punch(payload, block);
                return Refused(error);
            }

            CrashPoint.Reached(CrashPoints.CachePutWritten);
            var key = new BlockKey(payload.Id, block);
            index.Put(key, BlockEntry.Of(key, bytes, sources.NumberOf(source)));
            CrashPoint.Reached(CrashPoints.CachePutIndexed);
            counters.AddBlocks(1);
            isKept = true;
            _refusal = Errno.None;
        }
        finally
        {
            if (!isKept) quota.Release(bytes.Length);
        }

        checkpointer.Changed(payload, bytes.Length);
        return PutOutcome.Stored;
    }

    private int Write(Payload payload, long block, ReadOnlySpan<byte> bytes)
    {
        if (!files.Ensure(payload)) return Errno.Io;
        using var held = files.Hold(payload);
        return held.File is null ? Errno.Io : disk.Write(held.File, bytes, block * blockSizeBytes);
    }

    private PutOutcome Refused(int error)
    {
        // A full disk refuses every put: it is said when it begins, and again after it had ended.
        var isNew = Interlocked.Exchange(ref _refusal, error) != error;
        if (isNew && IsFull(error)) log.NoRoom(layout.Root);
        else if (isNew) log.WriteRefused(layout.Root, error);
        return IsFull(error) ? PutOutcome.NoRoom : PutOutcome.Failed;
    }

    private static bool IsFull(int error) => error is Errno.NoSpace or Errno.OverQuota;
}
