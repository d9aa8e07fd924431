using Microsoft.Extensions.Logging;
using VirtualView.Cache.Blocks;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Health;
using VirtualView.Cache.Index;
using VirtualView.Cache.Layout;
using VirtualView.Cache.Payloads;
using VirtualView.Cache.Room;
using VirtualView.Cache.Scrubbing;
using VirtualView.Cache.Upkeep;
using VirtualView.Core.Crashes;

namespace VirtualView.Cache;

/// <summary>The parts of an open store, wired together, and the order in which they start and end.</summary>
internal sealed class BlockStoreParts : IAsyncDisposable
{
    private readonly FolderLock _lock;
    private readonly StoreLayout _layout;
    private readonly BlockIndex _index;
    private readonly UpkeepLoop _upkeep = new();
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private Action _retire = () => { };

    private BlockStoreParts(
        BlockStoreOptions options, StoreLayout layout, FolderLock taken, IDisk disk, OpenedIndex opened, TimeProvider clock, ILogger log)
    {
        (Options, _layout, _lock, _index, _clock, _log) = (options, layout, taken, opened.Index, clock, log);
        OpenedFrom = opened.Step;
        var size = options.BlockSizeBytes;
        Health = new StoreHealth(layout, log);
        Quota = new Quota(options.CapacityBytes);
        Table = new PayloadTable(size);
        Files = new PayloadFiles(layout, disk, size, new OpenFiles(options.OpenFiles));
        Retirement = new Retirement(Table, _upkeep.Nudge, log);
        var probe = new FileSystemProbe(layout, disk, log);
        probe.NameNetwork();
        Remover = new BlockRemover(layout, _index, Files, disk, Quota, Counters, size, probe.HasHoles(), log);
        Room = new RoomMaker(layout, disk, Quota, Table, Remover, Retirement, options.MinFreeBytes, clock);
        var isSealed = opened.Step == IndexLadder.Checkpoint;
        var dirty = new DirtyFiles(Files, Remover, disk, Health, size, log);
        Checkpointer = new Checkpointer(_index, opened.Sealer, dirty, Room, Counters, Health, options, clock, _upkeep.Nudge, isSealed);
        Reader = new BlockReader(_index, Files, Remover, Counters, size, options.VerifyAlways);
        Scrubber = new Scrubber(layout, _index, Table, Files, Remover, Retirement, Counters, size, log);
        Writer = new BlockWriter(
            _index, Files, disk, Room, Quota, Remover, Checkpointer, SourceTable.Load(layout.Sources), Counters, Health, size, log);
    }

    public BlockStoreOptions Options { get; }

    /// <summary>The memory of the index is fixed when it is opened: with more blocks some lookups need the disk.</summary>
    public void SayIfIndexIsSmall(long capacityBytes)
    {
        if (IndexSize.For(capacityBytes, Options.BlockSizeBytes).MemoryBits > IndexSize.For(Options.CapacityBytes, Options.BlockSizeBytes).MemoryBits)
            _log.IndexIsSmall(_layout.Root, capacityBytes, Options.CapacityBytes);
    }

    public string OpenedFrom { get; }

    public StoreHealth Health { get; }

    public StoreCounters Counters { get; } = new();

    public Quota Quota { get; }

    public PayloadTable Table { get; }

    public PayloadFiles Files { get; }

    public Retirement Retirement { get; }

    public BlockRemover Remover { get; }

    public RoomMaker Room { get; }

    public Checkpointer Checkpointer { get; }

    public BlockReader Reader { get; }

    public BlockWriter Writer { get; }

    public Scrubber Scrubber { get; }

    public static async Task<BlockStoreParts> OpenAsync(
        BlockStoreOptions options, StoreLayout layout, FolderLock taken, IDisk disk, TimeProvider clock, ILogger log, CancellationToken cancel)
    {
        if (!StoreFormat.Matches(layout, options.BlockSizeBytes))
        {
            if (Directory.EnumerateFileSystemEntries(layout.Root).Any(path => path != layout.Lock)) log.StartsEmpty(layout.Root);
            StoreFormat.Clear(layout);
            CrashPoint.Reached(CrashPoints.CacheFormatCleared);
            StoreFormat.TryWrite(layout, options.BlockSizeBytes);
            CrashPoint.Reached(CrashPoints.CacheFormatWritten);
        }

        var ladder = new IndexLadder(layout, IndexSize.For(options.CapacityBytes, options.BlockSizeBytes), disk, clock, log);
        var parts = new BlockStoreParts(
            options, layout, taken, disk, await ladder.OpenAsync(cancel).ConfigureAwait(false), clock, log);
        parts.Restore(disk);
        CrashPoint.Reached(CrashPoints.CacheOpenRestored);
        // Unless the newest checkpoint is good: a crash before the next one must find one to open from.
        if (parts.OpenedFrom != IndexLadder.Checkpoint) await parts.TryCheckpointAsync(cancel).ConfigureAwait(false);
        return parts;
    }

    private async ValueTask TryCheckpointAsync(CancellationToken cancel)
    {
        try
        {
            await Checkpointer.RunAsync(withTable: true, cancel).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The disk is full, say: said by the checkpointer, and tried again by the upkeep.
        }
    }

    public void Start(Action retire)
    {
        _retire = retire;
        _upkeep.Start(Checkpointer, retire, _layout, Options.CheckpointInterval, _clock, _log);
    }

    /// <summary>Ends the upkeep, makes the last checkpoint, and closes everything. Nothing else may be under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _upkeep.DisposeAsync().ConfigureAwait(false);
        try
        {
            _retire();
            await TryCheckpointAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // Catch-all: what the last checkpoint did not reach is fetched again, and the rest must still be closed.
            _log.UpkeepFailed(_layout.Root, error);
        }

        for (var place = 0; Table.At(place) is { } payload; place++) payload.CloseFile();
        Checkpointer.Dispose();
        await _index.DisposeAsync().ConfigureAwait(false);
        _lock.Dispose();
    }

    private void Restore(IDisk disk)
    {
        var payloads = new PayloadFolder(_layout, disk, Options.BlockSizeBytes).Scan(out var strays);
        var restoration = new Restoration(_index, payloads, Table, Files, Remover, Quota, Counters);
        restoration.Run();
        var files = strays + restoration.Empty;
        if (restoration.Lost > 0) _log.BytesLost(_layout.Root, restoration.Lost, files);
        else if (files > 0) _log.Tidied(_layout.Root, files);
        while (Quota.IsOver && Room.TryEvictOne())
        {
            // The capacity was larger at the last run.
        }

        _log.Opened(_layout.Root, OpenedFrom, Counters.Blocks, Table.Count, Quota.UsedBytes, Quota.CapacityBytes);
    }
}
