using Microsoft.Extensions.Logging;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Health;
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
    BlockIndex index, PayloadFiles files, IDisk disk, RoomMaker room, Quota quota, BlockRemover remover,
    Checkpointer checkpointer, SourceTable sources, StoreCounters counters, StoreHealth health, int blockSizeBytes, ILogger log)
{
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

            outcome = await StoreClaimedAsync(payload, block, bytes, source, cancel).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            outcome = Refused(Errno.Of(error));
            log.PutFailed(block, payload.Identity.Version.ToString(), error);
        }

        if (outcome != PutOutcome.Stored) counters.Refuse();
        return outcome;
    }

    private async ValueTask<PutOutcome> StoreClaimedAsync(
        Payload payload, long block, ReadOnlyMemory<byte> bytes, SourceId source, CancellationToken cancel)
    {
        var outcome = PutOutcome.Failed;
        try
        {
            var answer = await room.ReserveAsync(bytes.Length, cancel).ConfigureAwait(false);
            outcome = answer == RoomAnswer.Reserved ? Store(payload, block, bytes.Span, source) : NoRoom(answer);
        }
        finally
        {
            payload.Release(block, isPresent: outcome == PutOutcome.Stored);
        }

        return outcome;
    }

    private PutOutcome Store(Payload payload, long block, ReadOnlySpan<byte> bytes, SourceId source)
    {
        var isKept = false;
        try
        {
            var error = Write(payload, block, bytes);
            // The disk's own count may lag behind what it really has: one eviction, one more try.
            if (Errno.IsFull(error) && room.TryEvictOne()) error = Write(payload, block, bytes);
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
        }
        finally
        {
            if (!isKept) quota.Release(bytes.Length);
        }

        health.Works(StorePart.Puts);
        checkpointer.Changed(payload, block, bytes.Length);
        return PutOutcome.Stored;
    }

    private int Write(Payload payload, long block, ReadOnlySpan<byte> bytes)
    {
        if (!files.Ensure(payload)) return Errno.Io;
        using var held = files.Hold(payload);
        return held.File is null ? Errno.Io : disk.Write(held.File, bytes, block * blockSizeBytes);
    }

    private PutOutcome NoRoom(RoomAnswer answer)
    {
        // Busy says nothing of the next put.
        if (answer == RoomAnswer.Pinned) health.FullOfPins();
        if (answer == RoomAnswer.DiskFull) health.Fail(StorePart.Puts, Errno.NoSpace);
        return PutOutcome.NoRoom;
    }

    private PutOutcome Refused(int error)
    {
        health.Fail(StorePart.Puts, error);
        return Errno.IsFull(error) ? PutOutcome.NoRoom : PutOutcome.Failed;
    }
}
