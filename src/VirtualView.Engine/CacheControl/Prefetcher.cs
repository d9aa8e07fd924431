using VirtualView.Core.Blocks;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Units;
using VirtualView.Engine.Fetching;
using VirtualView.Engine.Polling;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.CacheControl;

/// <summary>
/// Brings whole files into the cache, by the requests that readers make too: what one asks for the other does not ask
/// for again. It takes a part of what may be under way, and stands back while readers wait.
/// </summary>
internal sealed class Prefetcher(PinnedVersions pinned, BlockReader blocks, IBlockStore store, int maxRequestBytes, long maxBytesInFlight, TimeProvider clock)
{
    private const int RequestsAtOnce = 8;

    /// <summary>Readers who never stop waiting slow it down, and do not stop it for ever.</summary>
    private const int MostPauses = 25;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly long _shareBytes = Math.Max(maxRequestBytes, maxBytesInFlight / 4);

    public async ValueTask<PrefetchReport> FetchAsync(Selection selection, IProgress<CacheProgress>? progress, CancellationToken cancel)
    {
        var total = selection.Bytes;
        if (NoRoom(selection, total) is { } refused) return Report(selection, total, present: 0, fetched: 0, refused);
        var (tally, budget, running) = (new PrefetchTally(selection.Files.Count, total, progress), new Budget(_shareBytes), new Queue<Task>());
        try
        {
            foreach (var file in selection.Files)
                await AskAsync(file, tally, budget, running, cancel);
        }
        finally
        {
            await Task.WhenAll(running);
        }

        cancel.ThrowIfCancellationRequested();
        selection.Problems.AddRange(tally.Problems);
        return Report(selection, total, tally.Present, tally.Fetched, refused: null);
    }

    /// <summary>Fetches one block anew, for whoever found the stored one damaged.</summary>
    public async ValueTask<bool> FetchBlockAsync(SelectedFile file, long block, CancellationToken cancel)
    {
        var start = block * store.BlockSizeBytes;
        if (start >= file.Version.SizeBytes) return false;
        var pin = pinned.Pin(file.Version, file.Path);
        try
        {
            var range = ByteRange.FromTo(start, Math.Min(start + store.BlockSizeBytes, file.Version.SizeBytes));
            return await blocks.FetchAsync(pin, range, cancel) == FileSystemError.None && pin.Payload.Has(block);
        }
        finally
        {
            pinned.Unpin(pin);
        }
    }

    /// <summary>Starts what a file lacks, as others end.</summary>
    private async ValueTask AskAsync(SelectedFile file, PrefetchTally tally, Budget budget, Queue<Task> running, CancellationToken cancel)
    {
        var pin = pinned.Pin(file.Version, file.Path);
        try
        {
            var whole = new PrefetchedFile(file.Path, pin, tally);
            foreach (var window in whole.Windows(maxRequestBytes))
            {
                await StandBackAsync(cancel);
                while (running.Count >= RequestsAtOnce) await running.Dequeue();
                if (whole.Error != FileSystemError.None) break;
                await budget.TakeAsync(window.Length, cancel);
                whole.Began();
                pinned.Hold(pin);
                running.Enqueue(FetchAsync(whole, window, budget, cancel));
            }

            whole.AllAsked();
        }
        finally
        {
            pinned.Unpin(pin);
        }
    }

    private async Task FetchAsync(PrefetchedFile file, ByteRange window, Budget budget, CancellationToken cancel)
    {
        try
        {
            file.Ended(window, await blocks.FetchAsync(file.Version, window, cancel));
        }
        catch (OperationCanceledException)
        {
            file.Ended(window, FileSystemError.Interrupted);
        }
        finally
        {
            budget.Return(window.Length);
            pinned.Unpin(file.Version);
        }
    }

    private async ValueTask StandBackAsync(CancellationToken cancel)
    {
        for (var pause = 0; pause < MostPauses && blocks.IsWaitedFor; pause++)
            await Task.Delay(Pause, clock, cancel);
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>What is pinned stays; all else in the cache makes room. What does not fit even then would only push itself out.</summary>
    private string? NoRoom(Selection selection, long total)
    {
        var status = store.Status();
        if (total <= status.CapacityBytes - status.PinnedBytes) return null;
        var pinnedHere = selection.Files.Where(file => store.IsPinned(file.Version.Id)).Sum(CachedBytes);
        var room = status.CapacityBytes - status.PinnedBytes + pinnedHere;
        return total <= room
            ? null
            : $"{selection.Files.Count} files of {new ByteSize(total)} do not fit into the {new ByteSize(room)} of the cache that may be used for them: name fewer, unpin others, or raise Cache.Capacity";
    }

    private long CachedBytes(SelectedFile file)
    {
        using var payload = store.Open(new PayloadIdentity(file.Version.Id, file.Version.SizeBytes));
        return payload.Cached().TotalBytes;
    }

    private static PrefetchReport Report(Selection selection, long total, long present, long fetched, string? refused) => new()
    {
        Files = selection.Files.Count,
        Bytes = total,
        BytesPresent = present,
        BytesFetched = fetched,
        Refused = refused,
        ProblemCount = selection.Problems.Count,
        Problems = [.. selection.Problems.Take(PathProblem.MostReported)],
    };
}
