using VirtualView.Core.Blocks;
using VirtualView.Core.Ranges;
using VirtualView.Core.Versions;

namespace VirtualView.Simulation.Disk;

/// <summary>A lease on what is cached of one version.</summary>
internal sealed class SimulatedPayload(SimulatedBlockStore store, DiskPayload payload) : IPayload
{
    private const double WouldBlockShare = 0.25;

    private bool _isDisposed;

    public PayloadIdentity Identity => payload.Identity;

    public BlockRead TryRead(long offset, Span<byte> into)
    {
        Check(offset, into.Length);
        return store.Disk.Random.Chance(WouldBlockShare) ? BlockRead.WouldBlock : Read(offset, into);
    }

    public async ValueTask<BlockRead> ReadAsync(long offset, Memory<byte> into, CancellationToken cancel)
    {
        Check(offset, into.Length);
        await SpendAsync(cancel);
        return Read(offset, into.Span);
    }

    public bool Has(long block) => payload.Blocks.ContainsKey(block);

    public async ValueTask<PutOutcome> PutAsync(long block, ReadOnlyMemory<byte> bytes, SourceId source, CancellationToken cancel)
    {
        if (bytes.Length != BlockRange(block).Length)
            throw new ArgumentException($"block {block} of {Identity.SizeBytes} B was put with {bytes.Length} B", nameof(bytes));
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await SpendAsync(cancel);
        var outcome = Put(block, bytes.Span, source);
        await SpendAsync(cancel);
        return outcome;
    }

    public RangeSet Cached() => RangeSet.Of(payload.Blocks.Keys.Select(BlockRange));

    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        if (!store.Life.IsDead) store.Disk.Return(payload);
    }

    private PutOutcome Put(long block, ReadOnlySpan<byte> bytes, SourceId source)
    {
        store.History.Put(Identity.Version, BlockRange(block).Offset, bytes);
        if (payload.Blocks.ContainsKey(block)) return PutOutcome.Present;
        var fails = store.Disk.Faults.HasFlag(DiskFaults.Failing) && store.Disk.Random.Chance(0.5);
        var isFull = store.Disk.Faults.HasFlag(DiskFaults.Full) || !store.Disk.MakeRoom(store.IsPinned);
        if (fails || isFull)
        {
            store.Refused++;
            return fails ? PutOutcome.Failed : PutOutcome.NoRoom;
        }

        payload.Blocks[block] = new DiskBlock(bytes.ToArray(), source);
        return PutOutcome.Stored;
    }

    private BlockRead Read(long offset, Span<byte> into)
    {
        var blockSize = store.BlockSizeBytes;
        for (var done = 0; done < into.Length;)
        {
            var number = (offset + done) / blockSize;
            if (!payload.Blocks.TryGetValue(number, out var block) || DropIfDamaged(number, block))
            {
                store.Misses++;
                return BlockRead.Miss;
            }

            var part = block.Bytes.AsSpan((int)(offset + done - (number * blockSize)));
            part = part[..Math.Min(part.Length, into.Length - done)];
            part.CopyTo(into[done..]);
            done += part.Length;
        }

        store.Hits++;
        return BlockRead.Hit;
    }

    private bool DropIfDamaged(long number, DiskBlock block)
    {
        if (!block.IsDamaged) return false;
        payload.Blocks.Remove(number);
        store.Damaged++;
        return true;
    }

    private void Check(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!new ByteRange(0, Identity.SizeBytes).Contains(new ByteRange(offset, length)))
            throw new ArgumentOutOfRangeException(nameof(offset), $"[{offset}, {offset + length}) does not lie inside {Identity.SizeBytes} B");
    }

    private ByteRange BlockRange(long block) =>
        new ByteRange(block * store.BlockSizeBytes, store.BlockSizeBytes).ClampTo(Identity.SizeBytes);

    /// <summary>One time of four the disk is done at once, on the caller's stack.</summary>
    private Task SpendAsync(CancellationToken cancel) =>
        store.Life.SpendAsync(TimeSpan.FromMilliseconds(store.Disk.Random.Next(4)), cancel);
}
