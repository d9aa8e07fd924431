using Microsoft.Extensions.Logging;
using VirtualView.Cache.Blocks;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Index;
using VirtualView.Cache.Layout;
using VirtualView.Cache.Payloads;
using VirtualView.Cache.Room;
using VirtualView.Cache.Upkeep;
using VirtualView.Core.Blocks;
using VirtualView.Core.Versions;

namespace VirtualView.Cache;

/// <summary>The block store: FASTER knows which blocks there are and proves them, sparse files hold their bytes.</summary>
public sealed class BlockStore : IBlockStore
{
    private readonly BlockStoreParts _parts;
    private readonly OperationGate _gate = new();
    private readonly CancellationTokenSource _closing = new();

    private BlockStore(BlockStoreParts parts)
    {
        _parts = parts;
        parts.Start(Retire);
    }

    public int BlockSizeBytes => _parts.Options.BlockSizeBytes;

    /// <summary>Opens the store, whatever is in its folder: damage costs blocks, never the start.</summary>
    /// <exception cref="BlockStoreUnavailableException">The folder is not writable, or another process uses it.</exception>
    /// <exception cref="ArgumentException">An option is out of its bounds.</exception>
    public static Task<BlockStore> OpenAsync(
        BlockStoreOptions options, TimeProvider clock, ILoggerFactory logs, CancellationToken cancel) =>
        OpenAsync(options, new LinuxDisk(), clock, logs, cancel);

    internal static async Task<BlockStore> OpenAsync(
        BlockStoreOptions options, IDisk disk, TimeProvider clock, ILoggerFactory logs, CancellationToken cancel)
    {
        options.Check();
        var layout = new StoreLayout(options.Folder);
        var taken = FolderLock.Take(layout);
        try
        {
            // Off the caller's thread: the start reads every label and every record.
            var parts = await Task.Run(() => BlockStoreParts.OpenAsync(options, layout, taken, disk, clock, logs.CreateLogger<BlockStore>(), cancel), cancel)
                .ConfigureAwait(false);
            return new BlockStore(parts);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            taken.Dispose();
            throw new BlockStoreUnavailableException($"the cache folder {layout.Root} cannot be used: {cause.Message}", cause);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    public IPayload Open(PayloadIdentity identity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(identity.SizeBytes);
        var payload = _parts.Table.Lease(identity, out var outdated);
        if (outdated is not null) Drop(outdated);
        return new PayloadLease(payload, _parts.Table, _parts.Reader, _parts.Writer, _parts.Retirement, _gate);
    }

    public void Drop(VersionId version)
    {
        if (_parts.Table.TryDetach(version, out var payload)) Drop(payload);
    }

    public void Pin(VersionId version) => _parts.Table.Pin(version, isPinned: true);

    public void Unpin(VersionId version) => _parts.Table.Pin(version, isPinned: false);

    public bool IsPinned(VersionId version) => _parts.Table.IsPinned(version);

    public ValueTask<long> EvictAsync(VersionId version, CancellationToken cancel) =>
        RunAsync(stop => EraseAsync(version, stop), cancel);

    public ValueTask<ScrubReport> ScrubAsync(ScrubMode mode, IProgress<ScrubProgress>? progress, CancellationToken cancel) =>
        RunAsync(stop => _parts.Scrubber.RunAsync(mode, progress, stop), cancel);

    /// <summary>Takes another capacity from now on. What is cached beyond a lower one is evicted before this returns.</summary>
    public async ValueTask UseCapacityAsync(long capacityBytes, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(!_gate.TryEnter(), this);
        try
        {
            _parts.SayIfIndexIsSmall(capacityBytes);
            _parts.Quota.CapacityBytes = Math.Max(capacityBytes, BlockSizeBytes);
            await Task.Run(EvictWhatIsOver, cancel).ConfigureAwait(false);
        }
        finally
        {
            _gate.Leave();
        }

        void EvictWhatIsOver()
        {
            while (!cancel.IsCancellationRequested && _parts.Quota.IsOver && _parts.Room.TryEvictOne())
            {
                // One after the other, as a put does for its room.
            }
        }
    }

    public ValueTask<long> FreeAsync(long bytes, CancellationToken cancel) =>
        RunAsync(stop => ValueTask.FromResult(Free(bytes, stop)), cancel);

    public async ValueTask CheckpointAsync(CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(!_gate.TryEnter(), this);
        try
        {
            await _parts.Checkpointer.RunAsync(withTable: false, cancel).ConfigureAwait(false);
        }
        finally
        {
            _gate.Leave();
        }
    }

    public BlockStoreStatus Status() =>
        new()
        {
            CapacityBytes = _parts.Quota.CapacityBytes,
            UsedBytes = _parts.Quota.UsedBytes,
            Blocks = _parts.Counters.Blocks,
            Payloads = _parts.Table.Count,
            Hits = _parts.Counters.Hits,
            Misses = _parts.Counters.Misses,
            Evicted = _parts.Counters.Evicted,
            Damaged = _parts.Counters.Damaged,
            Refused = _parts.Counters.Refused,
            OpenedFrom = _parts.OpenedFrom,
            Reason = _parts.Health.Reason,
            PinnedBytes = _parts.Table.PinnedBytes(),
            Lent = _parts.Table.All().Count(payload => payload.IsLent),
        };

    public async ValueTask DisposeAsync()
    {
        if (!_gate.TryClose(out var whenEmpty)) return;
        await _closing.CancelAsync().ConfigureAwait(false);
        await whenEmpty.ConfigureAwait(false);
        await _parts.DisposeAsync().ConfigureAwait(false);
        _closing.Dispose();
    }

    /// <summary>Long work: on the pool's threads, and it ends when the store closes.</summary>
    private async ValueTask<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> work, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(!_gate.TryEnter(), this);
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, _closing.Token);
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            return await work(stop.Token).ConfigureAwait(false);
        }
        finally
        {
            _gate.Leave();
        }
    }

    private long Free(long bytes, CancellationToken stop)
    {
        var before = _parts.Quota.UsedBytes;
        while (before - _parts.Quota.UsedBytes < bytes && !stop.IsCancellationRequested && _parts.Room.TryEvictOne())
        {
            // One after the other, as a put does for its room.
        }

        return Math.Max(0, before - _parts.Quota.UsedBytes);
    }

    private async ValueTask<long> EraseAsync(VersionId version, CancellationToken cancel)
    {
        if (_parts.Table.Find(version) is not { } payload || !_parts.Table.TryHold(payload)) return 0;
        try
        {
            return await _parts.Remover.EraseAsync(payload, cancel).ConfigureAwait(false);
        }
        finally
        {
            _parts.Retirement.Release(payload);
        }
    }

    private void Drop(Payload payload)
    {
        _parts.Files.MarkDropped(payload);
        _parts.Retirement.Consider(payload);
    }

    private void Retire() => _parts.Retirement.Run(_parts.Remover.TryDelete);
}
