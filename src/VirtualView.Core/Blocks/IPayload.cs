using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;
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

    /// <summary>Its file was lent, and is the one in use still.</summary>
    bool IsLent => false;

    /// <summary>
    /// True when every block is here and proven. What is not proven yet is proved now, if it is at most
    /// <paramref name="mostBytes"/>: they are read from the disk.
    /// </summary>
    ValueTask<bool> ProveAsync(long mostBytes, CancellationToken cancel) => ValueTask.FromResult(false);

    /// <summary>
    /// Gives out the file behind the payload, for the caller to close: from its first byte to its last it is the content
    /// of the version, all of it proven. From then on the file is never written or punched, only deleted as a whole, for
    /// who has it mapped may outlive everyone here. False where that cannot be had now.
    /// </summary>
    bool TryLend([NotNullWhen(true)] out SafeFileHandle? file)
    {
        file = null;
        return false;
    }
}
