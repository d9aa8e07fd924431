using System.Buffers;
using Microsoft.Win32.SafeHandles;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Index;
using VirtualView.Cache.Payloads;
using VirtualView.Core.Blocks;

namespace VirtualView.Cache.Blocks;

/// <summary>
/// Reads blocks without a lock. Either the block is proved already, and no removal happened between the look at its
/// bits and the end of the read; or the bytes in memory are proved by their checksum after the read.
/// </summary>
internal sealed class BlockReader(
    BlockIndex index, PayloadFiles files, BlockRemover remover, StoreCounters counters, int blockSizeBytes, bool verifyAlways)
{
    /// <summary>Removals elsewhere in the payload disturb a read; after so many times it is a miss, which is always right.</summary>
    private const int Attempts = 8;

    public BlockRead TryRead(Payload payload, long offset, Span<byte> into)
    {
        var removals = payload.Removals;
        var known = Look(payload, offset, into.Length);
        if (known == BlockRead.Miss || (known == BlockRead.WouldBlock && !AreWhole(payload, offset, into.Length))) return known;
        if (payload.File is not { } file) return BlockRead.WouldBlock;
        try
        {
            if (Libc.ReadNow(file, into, offset) != into.Length) return BlockRead.WouldBlock;
        }
        catch (ObjectDisposedException)
        {
            return BlockRead.WouldBlock; // closed as one of too many open files
        }

        var isRight = known == BlockRead.Hit ? !IsDisturbed(payload, removals) : AreProved(payload, offset, into);
        if (!isRight) return BlockRead.WouldBlock;
        MarkUsed(payload, offset, into.Length);
        counters.Hit();
        return BlockRead.Hit;
    }

    public async ValueTask<BlockRead> ReadAsync(Payload payload, long offset, Memory<byte> into, CancellationToken cancel)
    {
        while (!into.IsEmpty)
        {
            var block = offset / blockSizeBytes;
            var skip = (int)(offset % blockSizeBytes);
            var part = into[..Math.Min(into.Length, payload.LengthOf(block) - skip)];
            if (!await TryReadBlockAsync(payload, block, skip, part, cancel).ConfigureAwait(false))
            {
                counters.Miss();
                return BlockRead.Miss;
            }

            payload.Bits.SetUsed(block);
            into = into[part.Length..];
            offset += part.Length;
        }

        counters.Hit();
        return BlockRead.Hit;
    }

    /// <summary>The kernel asks for no block that it reads itself: the file counts as used as a whole. Null when it cannot be had.</summary>
    public SafeFileHandle? Lend(Payload payload)
    {
        if (verifyAlways || payload.BlockCount == 0 || payload.Bits.CountProven() < payload.BlockCount) return null;
        try
        {
            if (files.Lend(payload) is not { } file) return null;
            for (var block = 0L; block < payload.BlockCount; block++) payload.Bits.SetUsed(block);
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>True when every block is present and proven; proves what is not yet, if it is at most so many bytes.</summary>
    public async ValueTask<bool> ProveAsync(Payload payload, long mostBytes, CancellationToken cancel)
    {
        var unproven = payload.BlockCount - payload.Bits.CountProven();
        if (unproven > mostBytes / blockSizeBytes) return false;
        if (unproven == 0) return true;
        var buffer = ArrayPool<byte>.Shared.Rent(blockSizeBytes);
        try
        {
            for (var block = 0L; block < payload.BlockCount; block++)
            {
                if (!payload.Bits.IsPresent(block)) return false;
                if (payload.Bits.IsProven(block)) continue;
                var whole = buffer.AsMemory(0, payload.LengthOf(block));
                if (!await TryReadBlockAsync(payload, block, 0, whole, cancel).ConfigureAwait(false)) return false;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private BlockRead Look(Payload payload, long offset, int length)
    {
        var answer = verifyAlways ? BlockRead.WouldBlock : BlockRead.Hit;
        var last = (offset + length - 1) / blockSizeBytes;
        for (var block = offset / blockSizeBytes; block <= last; block++)
        {
            if (!payload.Bits.IsPresent(block))
            {
                counters.Miss();
                return BlockRead.Miss;
            }

            if (!payload.Bits.IsProven(block)) answer = BlockRead.WouldBlock;
        }

        return answer;
    }

    /// <summary>Only whole blocks can be proved where they lie.</summary>
    private bool AreWhole(Payload payload, long offset, int length) =>
        offset % blockSizeBytes == 0 && ((offset + length) % blockSizeBytes == 0 || offset + length == payload.Identity.SizeBytes);

    /// <summary>
    /// Proves blocks in the caller's buffer, on its thread: the hash costs less than handing the read to another one. When
    /// it fails, whoever reads with waiting finds out whether that is damage.
    /// </summary>
    private bool AreProved(Payload payload, long offset, ReadOnlySpan<byte> bytes)
    {
        for (var block = offset / blockSizeBytes; !bytes.IsEmpty; block++)
        {
            var key = new BlockKey(payload.Id, block);
            var length = payload.LengthOf(block);
            if (index.FindNow(key) is not { } entry || !entry.Proves(key, bytes[..length])) return false;
            payload.Bits.SetProven(block);
            bytes = bytes[length..];
        }

        return true;
    }

    private async ValueTask<bool> TryReadBlockAsync(Payload payload, long block, int skip, Memory<byte> into, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            cancel.ThrowIfCancellationRequested();
            var removals = payload.Removals;
            if (!payload.Bits.IsPresent(block)) return false;
            var isRight = payload.Bits.IsProven(block) && !verifyAlways
                ? files.TryRead(payload, into.Span, (block * blockSizeBytes) + skip) && !IsDisturbed(payload, removals)
                : await ProveAsync(payload, block, skip, into, cancel).ConfigureAwait(false);
            if (isRight) return true;
            if (IsDisturbed(payload, removals)) continue;
            remover.Damaged(payload, block);
            return false;
        }

        return false;
    }

    private async ValueTask<bool> ProveAsync(Payload payload, long block, int skip, Memory<byte> into, CancellationToken cancel)
    {
        var key = new BlockKey(payload.Id, block);
        if (await index.FindAsync(key, cancel).ConfigureAwait(false) is not { } entry) return false;
        var length = payload.LengthOf(block);
        var isWhole = skip == 0 && into.Length == length;
        var rented = isWhole ? null : ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var whole = isWhole ? into : rented.AsMemory(0, length);
            if (!files.TryRead(payload, whole.Span, block * blockSizeBytes) || !entry.Proves(key, whole.Span)) return false;
            if (!isWhole) whole.Slice(skip, into.Length).CopyTo(into);
            payload.Bits.SetProven(block);
            return true;
        }
        finally
        {
            if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static bool IsDisturbed(Payload payload, long removals)
    {
        // The bytes were copied before this; the count is read after.
        Interlocked.MemoryBarrier();
        return payload.Removals != removals;
    }

    private void MarkUsed(Payload payload, long offset, int length)
    {
        payload.IsFileUsed = true;
        var last = (offset + length - 1) / blockSizeBytes;
        for (var block = offset / blockSizeBytes; block <= last; block++) payload.Bits.SetUsed(block);
    }
}
