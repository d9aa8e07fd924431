using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;
using VirtualView.Cache.Blocks;
using VirtualView.Cache.Payloads;
using VirtualView.Cache.Upkeep;
using VirtualView.Core.Blocks;
using VirtualView.Core.Ranges;
using VirtualView.Core.Versions;

namespace VirtualView.Cache;

/// <summary>One caller's hold on a payload. It keeps no file open while nothing is read.</summary>
internal sealed class PayloadLease(
    Payload payload, PayloadTable table, BlockReader reader, BlockWriter writer, Retirement retirement, OperationGate gate) : IPayload
{
    private int _isDisposed;

    public PayloadIdentity Identity => payload.Identity;

    public BlockRead TryRead(long offset, Span<byte> into)
    {
        CheckRange(offset, into.Length);
        return into.IsEmpty ? BlockRead.Hit : reader.TryRead(payload, offset, into);
    }

    public async ValueTask<BlockRead> ReadAsync(long offset, Memory<byte> into, CancellationToken cancel)
    {
        CheckRange(offset, into.Length);
        await LeaveCallersThreadAsync().ConfigureAwait(false);
        if (!TryBegin()) return BlockRead.Miss;
        try
        {
            return await reader.ReadAsync(payload, offset, into, cancel).ConfigureAwait(false);
        }
        finally
        {
            End();
        }
    }

    public bool Has(long block) => block >= 0 && block < payload.BlockCount && payload.Bits.IsPresent(block);

    public async ValueTask<PutOutcome> PutAsync(long block, ReadOnlyMemory<byte> bytes, SourceId source, CancellationToken cancel)
    {
        CheckBlock(block, bytes.Length);
        await LeaveCallersThreadAsync().ConfigureAwait(false);
        if (!TryBegin()) return PutOutcome.Failed;
        try
        {
            return await writer.PutAsync(payload, block, bytes, source, cancel).ConfigureAwait(false);
        }
        finally
        {
            End();
        }
    }

    public RangeSet Cached() => payload.Cached();

    public bool IsLent => payload.IsLent;

    public async ValueTask<bool> ProveAsync(long mostBytes, CancellationToken cancel)
    {
        await LeaveCallersThreadAsync().ConfigureAwait(false);
        if (!TryBegin()) return false;
        try
        {
            return await reader.ProveAsync(payload, mostBytes, cancel).ConfigureAwait(false);
        }
        finally
        {
            End();
        }
    }

    public bool TryLend([NotNullWhen(true)] out SafeFileHandle? file)
    {
        file = null;
        if (!TryBegin()) return false;
        try
        {
            file = reader.Lend(payload);
            return file is not null;
        }
        finally
        {
            End();
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0) retirement.Release(payload);
    }

    /// <summary>The disk may block: that is for the pool's threads, not for those that read the kernel's requests.</summary>
    private static async ValueTask LeaveCallersThreadAsync()
    {
        if (!Thread.CurrentThread.IsThreadPoolThread) await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    /// <summary>False when the store is closed. An operation outlives its lease's disposal, so it has one of its own.</summary>
    private bool TryBegin()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        if (!gate.TryEnter()) return false;
        if (table.TryHold(payload)) return true;
        gate.Leave();
        return false;
    }

    private void End()
    {
        retirement.Release(payload);
        gate.Leave();
    }

    private void CheckRange(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Identity.SizeBytes - length, nameof(offset));
    }

    private void CheckBlock(long block, int lengthBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(block);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(block, payload.BlockCount);
        if (lengthBytes != payload.LengthOf(block))
            throw new ArgumentException($"block {block} has {payload.LengthOf(block)} bytes, not {lengthBytes}", nameof(lengthBytes));
    }
}
