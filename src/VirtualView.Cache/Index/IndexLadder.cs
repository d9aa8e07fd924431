using Microsoft.Extensions.Logging;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Layout;

namespace VirtualView.Cache.Index;

/// <summary>
/// Opens the index whatever has become of it: from the newest checkpoint, the one before, the records that still
/// prove themselves, or empty.
/// </summary>
internal sealed class IndexLadder(StoreLayout layout, IndexSize size, IDisk disk, TimeProvider clock, ILogger log)
{
    public const string New = "new";
    public const string Checkpoint = "checkpoint";
    public const string OlderCheckpoint = "older checkpoint";
    public const string Salvaged = "salvaged";
    public const string Empty = "empty";

    public async Task<OpenedIndex> OpenAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(layout.Index) || !Directory.EnumerateFileSystemEntries(layout.Index).Any())
        {
            var isNew = !Directory.Exists(layout.Payloads);
            if (!isNew) log.IndexDamaged(layout.Root, Empty);
            return Fresh(isNew ? New : Empty, []);
        }

        var opened = await FromCheckpointsAsync(cancel).ConfigureAwait(false) ?? FromRecords();
        if (opened.Step != Checkpoint) log.IndexDamaged(layout.Root, opened.Step);
        return opened;
    }

    private async Task<OpenedIndex?> FromCheckpointsAsync(CancellationToken cancel)
    {
        var step = Checkpoint;
        foreach (var number in ListSeals())
        {
            if (await FromAsync(number, step, cancel).ConfigureAwait(false) is { } opened) return opened;
            step = OlderCheckpoint;
        }

        return null;
    }

    private IReadOnlyList<long> ListSeals()
    {
        try
        {
            return IndexSeal.List(layout);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private async Task<OpenedIndex?> FromAsync(long number, string step, CancellationToken cancel)
    {
        BlockIndex? index = null;
        try
        {
            var sealer = new IndexSealer(layout, disk);
            if (IndexSeal.Read(layout, number) is { } seal && sealer.IsWhole(seal))
            {
                index = new BlockIndex(layout, size, disk, clock);
                await index.RecoverAsync(seal.Checkpoint, cancel).ConfigureAwait(false);
                sealer.Continue(seal);
                return new OpenedIndex(index, sealer, step);
            }

            log.CheckpointPassedOver(number, layout.Index, null);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Catch-all: no damage, however strange, may stop the mount; the next step needs nothing of this one.
            log.CheckpointPassedOver(number, layout.Index, error);
            if (index is not null) await index.DisposeAsync().ConfigureAwait(false);
        }

        return null;
    }

    private OpenedIndex FromRecords()
    {
        var found = new Dictionary<BlockKey, BlockEntry>();
        try
        {
            using var pages = new LogPages(layout);
            pages.Salvage((key, entry) =>
            {
                if (entry is { } intact) found[key] = intact;
                else found.Remove(key);
            });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What was read until then is as good as the rest.
            log.CheckpointPassedOver(0, layout.Index, error);
        }

        StoreFormat.Delete(layout.Index);
        return Fresh(found.Count > 0 ? Salvaged : Empty, found);
    }

    private OpenedIndex Fresh(string step, Dictionary<BlockKey, BlockEntry> entries)
    {
        StoreFormat.Delete(layout.Index);
        var index = new BlockIndex(layout, size, disk, clock);
        index.GrowFor(entries.Count);
        foreach (var (key, entry) in entries) index.Put(key, entry);
        return new OpenedIndex(index, new IndexSealer(layout, disk), step);
    }
}
