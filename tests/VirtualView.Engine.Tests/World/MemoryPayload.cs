using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;
using VirtualView.Core.Blocks;
using VirtualView.Core.Ranges;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Tests.World;

internal sealed class MemoryPayload(MemoryStore store, PayloadIdentity identity) : IPayload
{
    private bool _isDisposed;

    public PayloadIdentity Identity => identity;

    public BlockRead TryRead(long offset, Span<byte> into)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        while (!into.IsEmpty)
        {
            if (store.IsDamaged || !store.Blocks.TryGetValue((identity.Version, offset / store.BlockSizeBytes), out var block)) return BlockRead.Miss;
            var from = (int)(offset % store.BlockSizeBytes);
            var bytes = Math.Min(into.Length, block.Length - from);
            block.AsSpan(from, bytes).CopyTo(into);
            offset += bytes;
            into = into[bytes..];
        }

        return BlockRead.Hit;
    }

    public ValueTask<BlockRead> ReadAsync(long offset, Memory<byte> into, CancellationToken cancel) => ValueTask.FromResult(TryRead(offset, into.Span));

    public bool Has(long block) => store.Blocks.ContainsKey((identity.Version, block));

    public async ValueTask<PutOutcome> PutAsync(long block, ReadOnlyMemory<byte> bytes, SourceId source, CancellationToken cancel)
    {
        await store.PutDelay();
        if (store.IsFull) return PutOutcome.NoRoom;
        return store.Blocks.TryAdd((identity.Version, block), bytes.ToArray()) ? PutOutcome.Stored : PutOutcome.Present;
    }

    public RangeSet Cached() => RangeSet.Of(store.Blocks
        .Where(entry => entry.Key.Version == identity.Version)
        .Select(entry => new ByteRange(entry.Key.Block * store.BlockSizeBytes, entry.Value.Length)));

    public async ValueTask<bool> ProveAsync(long mostBytes, CancellationToken cancel)
    {
        await Task.Yield();
        if (store.UnprovenBytes is not { } unproven || unproven > mostBytes) return false;
        store.UnprovenBytes = 0;
        return true;
    }

    public bool TryLend([NotNullWhen(true)] out SafeFileHandle? file)
    {
        file = store.UnprovenBytes == 0 ? File.OpenHandle(typeof(MemoryPayload).Assembly.Location) : null;
        return file is not null;
    }

    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        store.Return();
    }
}
