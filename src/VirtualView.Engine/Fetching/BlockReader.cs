using VirtualView.Core.Blocks;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Ranges;

namespace VirtualView.Engine.Fetching;

/// <summary>Reads ranges of pinned versions: from the store, from blocks on their way, or by new requests.</summary>
internal sealed class BlockReader(RequestRunner runner, PinnedVersions pinned, WorkSet work, int maxRequestBytes, TimeSpan deadline, TimeProvider clock)
{
    /// <summary>A block may be evicted between the look and the read; so often it is looked for again, then fetched anew.</summary>
    private const int LooksIntoStore = 2;

    private int _reads;

    /// <summary>True while someone waits for bytes: what can wait should.</summary>
    public bool IsWaitedFor => Volatile.Read(ref _reads) > 0;

    /// <summary>Reads a range that lies inside the file, whole or not at all.</summary>
    public async ValueTask<FileSystemError> ReadAsync(PinnedVersion version, long offset, Memory<byte> into, ByteRange ahead, CancellationToken cancel)
    {
        Interlocked.Increment(ref _reads);
        try
        {
            return await ReadToEndAsync(version, offset, into, ahead, cancel);
        }
        finally
        {
            Interlocked.Decrement(ref _reads);
        }
    }

    /// <summary>
    /// Fetches what of a range the store does not have, and returns when it does, or did not take it. Shares requests with
    /// readers, copies nothing and has no deadline but that of its requests.
    /// </summary>
    public async ValueTask<FileSystemError> FetchAsync(PinnedVersion version, ByteRange range, CancellationToken cancel)
    {
        var (joined, toFetch) = version.Blocks.Join(range, default, trustStore: true);
        Start(version, toFetch);
        try
        {
            foreach (var block in joined)
            {
                var error = await block.Finished.WithinAsync(cancel);
                if (error != FileSystemError.None) return error;
                await block.Settled.WithinAsync(cancel);
            }

            return FileSystemError.None;
        }
        finally
        {
            joined.ForEach(block => block.LetGo());
        }
    }

    /// <summary>Fetches what of the range is neither stored nor on its way; waits for nothing.</summary>
    public void Prefetch(PinnedVersion version, ByteRange ahead) => Start(version, version.Blocks.Join(default, ahead, trustStore: true).ToFetch);

    private async ValueTask<FileSystemError> ReadToEndAsync(PinnedVersion version, long offset, Memory<byte> into, ByteRange ahead, CancellationToken cancel)
    {
        var range = new ByteRange(offset, into.Length);
        var startedAt = clock.GetTimestamp();
        for (var look = 1; ; look++)
        {
            var (joined, toFetch) = version.Blocks.Join(range, look == 1 ? ahead : default, look <= LooksIntoStore);
            Start(version, toFetch);
            if (await GatherAsync(version, range, into, joined, startedAt, cancel) is { } result) return result;
        }
    }

    /// <summary>Proves the blocks that no reader has proved yet, if they are the smaller part; waits for nothing.</summary>
    public void ProveRest(PinnedVersion version)
    {
        if (!version.TryBeginProof()) return;
        pinned.Hold(version);
        if (work.TryStart("prove blocks", stop => ProveAsync(version, stop))) return;
        version.EndProof();
        pinned.Unpin(version);
    }

    private async Task ProveAsync(PinnedVersion version, CancellationToken stop)
    {
        try
        {
            await version.Payload.ProveAsync(version.Version.SizeBytes / 2, stop);
        }
        finally
        {
            version.EndProof();
            pinned.Unpin(version);
        }
    }

    private void Start(PinnedVersion version, List<InflightBlock> toFetch)
    {
        foreach (var request in RequestPlan.Cut(toFetch, maxRequestBytes))
        {
            pinned.Hold(version);
            if (work.TryStart("fetch blocks", stop => runner.RunAsync(version, request, stop))) continue;
            foreach (var block in request.Blocks)
            {
                block.Finish(FileSystemError.Interrupted);
                version.Blocks.Retire(block);
            }

            pinned.Unpin(version);
        }
    }

    /// <summary>Null when a block that was thought to be stored is not: then all is looked at anew.</summary>
    private async ValueTask<FileSystemError?> GatherAsync(
        PinnedVersion version, ByteRange range, Memory<byte> into, List<InflightBlock> joined, long startedAt, CancellationToken cancel)
    {
        try
        {
            var at = range.Offset;
            foreach (var block in joined)
            {
                var bytes = new ByteRange(block.Number * version.BlockSizeBytes, block.LengthBytes);
                if (!await ReadStoredAsync(version, range, at, bytes.Offset, into, cancel)) return null;
                var error = await block.Finished.WithinAsync(Left(startedAt), clock, cancel);
                if (error != FileSystemError.None) return error;
                var part = bytes.Intersect(range);
                block.Bytes.Slice((int)(part.Offset - bytes.Offset), (int)part.Length).CopyTo(into[(int)(part.Offset - range.Offset)..]);
                at = part.End;
            }

            return await ReadStoredAsync(version, range, at, range.End, into, cancel) ? FileSystemError.None : null;
        }
        catch (TimeoutException)
        {
            return FileSystemError.TimedOut;
        }
        catch (OperationCanceledException)
        {
            return FileSystemError.Interrupted;
        }
        finally
        {
            joined.ForEach(block => block.LetGo());
        }
    }

    /// <summary>What is left of the one deadline that all blocks of a read share.</summary>
    private TimeSpan Left(long startedAt) =>
        deadline - clock.GetElapsedTime(startedAt) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>Reads what lies between two blocks on their way; false when the store does not have it after all.</summary>
    private static async ValueTask<bool> ReadStoredAsync(
        PinnedVersion version, ByteRange range, long from, long to, Memory<byte> into, CancellationToken cancel)
    {
        if (to <= from) return true;
        var part = into.Slice((int)(from - range.Offset), (int)(to - from));
        return await version.Payload.ReadAsync(from, part, cancel) == BlockRead.Hit;
    }
}
