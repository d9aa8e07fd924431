using VirtualView.Core.Ranges;
using VirtualView.Core.Versions;

namespace VirtualView.Core.Blocks;

/// <summary>
/// The cached part of one version, leased: while a lease is held the payload's file is not deleted under it. Single
/// blocks may still be evicted, so presence is a hint and a read tells. Any thread may call anything at any time.
/// </summary>
public interface IPayload : IDisposable
{
    PayloadIdentity Identity { get; }

    /// <summary>
    /// Fills <paramref name="into"/> from <paramref name="offset"/> if that needs no waiting. The range must lie inside
    /// the file. Allocates nothing.
    /// </summary>
    BlockRead TryRead(long offset, Span<byte> into);

    /// <summary>The same, waiting for the disk and proving blocks as needed: <see cref="BlockRead.Hit"/> or <see cref="BlockRead.Miss"/>.</summary>
    ValueTask<BlockRead> ReadAsync(long offset, Memory<byte> into, CancellationToken cancel);

    /// <summary>True when the block is in the index.</summary>
    bool Has(long block);

    /// <summary>
    /// Keeps one whole block (the last one of a file is short). The bytes are readable at once, and durable after the
    /// next checkpoint. <paramref name="source"/> is remembered, to purge what a bad source gave.
    /// </summary>
    ValueTask<PutOutcome> PutAsync(long block, ReadOnlyMemory<byte> bytes, SourceId source, CancellationToken cancel);

    /// <summary>What of the file is cached, for people: <c>explain</c> and <c>.cached</c>.</summary>
    RangeSet Cached();
}
