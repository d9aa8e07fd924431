using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using VirtualView.Cache.Blocks;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Health;
using VirtualView.Cache.Payloads;

namespace VirtualView.Cache.Upkeep;

/// <summary>
/// Payload files with bytes that may not have reached the disk. Where a sync fails, the kernel may forget them and read
/// the old ones again: what was put since the last sync is dropped then, however right it looks now.
/// </summary>
internal sealed class DirtyFiles(PayloadFiles files, BlockRemover remover, IDisk disk, StoreHealth health, int blockSizeBytes, ILogger log)
{
    private const int BytesPerStart = 16 << 20;

    private readonly int _blocksPerStart = Math.Max(1, BytesPerStart / blockSizeBytes);
    private readonly ConcurrentQueue<Payload> _dirty = new();
    private readonly HashSet<string> _folders = []; // touched by one checkpoint at a time
    private int _isStarting;

    public void Add(Payload payload, long block)
    {
        var blocks = payload.MarkUnsynced(block);
        if (blocks == 1) _dirty.Enqueue(payload);
        // The disk works while more is put, instead of idling until the sync.
        if (blocks % _blocksPerStart == 0 && payload.File is { } file) Start(file);
    }

    /// <summary>What was added before this call is on the disk after it, or dropped.</summary>
    public void Sync()
    {
        for (var left = _dirty.Count; left > 0 && _dirty.TryDequeue(out var payload); left--)
        {
            // Before the sync: bytes put meanwhile make it dirty again.
            var blocks = payload.TakeUnsynced();
            var error = Sync(payload);
            if (error != Errno.None) Drop(payload, blocks, error);
        }

        // A file without a name is found missing at the next start: nothing worse, so the checkpoint goes on.
        _folders.RemoveWhere(folder => !Directory.Exists(folder) || disk.SyncFolder(folder) == Errno.None);
    }

    /// <summary>Beside the put, which a busy disk would hold up. One at a time: it is a hint, and may be dropped.</summary>
    private void Start(SafeFileHandle file)
    {
        if (Interlocked.Exchange(ref _isStarting, 1) != 0) return;
        ThreadPool.UnsafeQueueUserWorkItem(StartNow, file, preferLocal: false);
    }

    private void StartNow(SafeFileHandle file)
    {
        try
        {
            disk.StartWriting(file);
        }
        catch (ObjectDisposedException)
        {
            // Closed as one of too many open files: the sync opens it again.
        }
        finally
        {
            Volatile.Write(ref _isStarting, 0);
        }
    }

    private int Sync(Payload payload)
    {
        try
        {
            using var held = files.Hold(payload);
            if (held.File is null) return Errno.None; // deleted since, or found not to be ours at its next use
            bool isNameNew;
            lock (payload.FileGate) (isNameNew, payload.IsNameNew) = (payload.IsNameNew, false);
            if (isNameNew) _folders.Add(Path.GetDirectoryName(files.PathOf(payload))!);
            return disk.Sync(held.File, dataOnly: !isNameNew);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Errno.Of(error);
        }
    }

    private void Drop(Payload payload, List<long> blocks, int error)
    {
        health.Fail(StorePart.Checkpoints, error);
        log.SyncFailed(files.PathOf(payload), blocks.Count, error);
        foreach (var block in blocks) remover.TryRemove(payload, block);
    }
}
