using System.Buffers;
using Microsoft.Extensions.Logging;
using VirtualView.Cache.Blocks;
using VirtualView.Cache.Index;
using VirtualView.Cache.Layout;
using VirtualView.Cache.Payloads;
using VirtualView.Cache.Upkeep;
using VirtualView.Core.Blocks;

namespace VirtualView.Cache.Scrubbing;

/// <summary>
/// Compares every cached block with its checksum, one after another, and behind all other work of the thread pool. It
/// takes no lock that a read or a put would wait for; what is removed under its eyes is no finding.
/// </summary>
internal sealed class Scrubber(
    StoreLayout layout, BlockIndex index, PayloadTable table, PayloadFiles files, BlockRemover remover, Retirement retirement,
    StoreCounters counters, int blockSizeBytes, ILogger log)
{
    public async ValueTask<ScrubReport> RunAsync(ScrubMode mode, IProgress<ScrubProgress>? progress, CancellationToken cancel)
    {
        var tally = new ScrubTally(counters.Blocks, progress);
        var buffer = ArrayPool<byte>.Shared.Rent(blockSizeBytes);
        try
        {
            foreach (var payload in table.All())
            {
                if (!table.TryHold(payload)) continue;
                try
                {
                    await CheckAsync(payload, buffer, tally, mode, cancel).ConfigureAwait(false);
                }
                finally
                {
                    retirement.Release(payload);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        var report = tally.Finish(new StrayFiles(layout, table, retirement).Find(mode, cancel));
        log.Scrubbed(layout.Root, report.Blocks, report.Damaged, report.Missing, report.Strays);
        return report;
    }

    private async ValueTask CheckAsync(Payload payload, byte[] buffer, ScrubTally tally, ScrubMode mode, CancellationToken cancel)
    {
        if (payload.IsDropped) return; // it is just going
        // Looked for by its name again: a file that was deleted or exchanged lives on for who has it open.
        payload.CloseFile();
        foreach (var block in payload.Bits.Present())
        {
            cancel.ThrowIfCancellationRequested();
            var bytes = buffer.AsMemory(0, payload.LengthOf(block));
            var finding = await CheckAsync(payload, block, bytes, cancel).ConfigureAwait(false);
            Act(payload, block, finding, mode);
            tally.Count(new DamagedBlock(payload.Identity.Version, block), bytes.Length, finding);
            await Task.Yield();
        }
    }

    private async ValueTask<BlockFinding> CheckAsync(Payload payload, long block, Memory<byte> bytes, CancellationToken cancel)
    {
        var removals = payload.Removals;
        if (!payload.Bits.IsPresent(block)) return BlockFinding.Gone;
        var key = new BlockKey(payload.Id, block);
        var entry = await index.FindAsync(key, cancel).ConfigureAwait(false);
        var finding =
            !files.TryRead(payload, bytes.Span, block * blockSizeBytes) ? BlockFinding.Missing
            : entry is { } known && known.Proves(key, bytes.Span) ? BlockFinding.Right
            : BlockFinding.Damaged;
        // As in every read: the bytes were copied before the count is read again.
        Interlocked.MemoryBarrier();
        return finding == BlockFinding.Right || payload.Removals == removals ? finding : BlockFinding.Gone;
    }

    private void Act(Payload payload, long block, BlockFinding finding, ScrubMode mode)
    {
        if (finding is BlockFinding.Right) payload.Bits.SetProven(block);
        if (finding is not (BlockFinding.Damaged or BlockFinding.Missing)) return;
        // When it was put anew just now, it is proved once more: that costs one hash.
        payload.Bits.ClearProven(block);
        if (mode == ScrubMode.Drop && remover.TryRemove(payload, block)) counters.Damage();
    }
}
