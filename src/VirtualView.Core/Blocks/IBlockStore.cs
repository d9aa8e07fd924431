using VirtualView.Core.Versions;

namespace VirtualView.Core.Blocks;

/// <summary>
/// Keeps blocks of versions over restarts, within a quota, and proves each by checksum before its first use in this
/// process. Whatever is damaged on disk, it opens: at worst empty.
/// </summary>
public interface IBlockStore : IAsyncDisposable
{
    /// <summary>The unit of caching and checking: a power of two.</summary>
    int BlockSizeBytes { get; }

    /// <summary>Leases the payload of a version, made empty if there is none.</summary>
    IPayload Open(PayloadIdentity identity);

    /// <summary>Deletes what is cached of a version, as soon as no lease holds it.</summary>
    void Drop(VersionId version);

    /// <summary>
    /// Never evicts the version for room until it is unpinned, whether anything of it is cached yet or not. Kept in memory
    /// only. <see cref="Drop"/> and <see cref="EvictAsync"/> delete a pinned version all the same.
    /// </summary>
    void Pin(VersionId version);

    void Unpin(VersionId version);

    bool IsPinned(VersionId version);

    /// <summary>Deletes what is cached of a version now, leased or not: who reads it then misses. Answers the bytes freed.</summary>
    ValueTask<long> EvictAsync(VersionId version, CancellationToken cancel);

    /// <summary>
    /// Gives room back to the disk, that of what is needed least first, for whom it is worth more than for a cache.
    /// Answers the bytes freed: fewer than asked when there is no more to give.
    /// </summary>
    ValueTask<long> FreeAsync(long bytes, CancellationToken cancel) => ValueTask.FromResult(0L);

    /// <summary>Compares every cached block with its checksum, while reads and puts go on.</summary>
    ValueTask<ScrubReport> ScrubAsync(ScrubMode mode, IProgress<ScrubProgress>? progress, CancellationToken cancel);

    /// <summary>All that was put before this call survives a crash after it.</summary>
    ValueTask CheckpointAsync(CancellationToken cancel);

    BlockStoreStatus Status();
}
