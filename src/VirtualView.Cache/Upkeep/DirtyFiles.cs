using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Payloads;

namespace VirtualView.Cache.Upkeep;

/// <summary>Payload files with bytes that may not have reached the disk.</summary>
internal sealed class DirtyFiles(PayloadFiles files, IDisk disk, ILogger log)
{
    private readonly ConcurrentQueue<Payload> _dirty = new();

    public bool IsEmpty => _dirty.IsEmpty;

    public void Add(Payload payload)
    {
        if (payload.MarkDirty()) _dirty.Enqueue(payload);
    }

    /// <summary>What was added before this call is on the disk after it, if the disk does not refuse; the checksums tell if not.</summary>
    public void Sync()
    {
        var folders = new HashSet<string>();
        for (var left = _dirty.Count; left > 0 && _dirty.TryDequeue(out var payload); left--)
        {
            // Before the sync: bytes put meanwhile make it dirty again.
            payload.TakeDirty();
            var error = Sync(payload, folders);
            if (error != Errno.None) log.SyncFailed(files.PathOf(payload), error);
        }

        foreach (var folder in folders) SyncFolder(folder);
    }

    private int Sync(Payload payload, HashSet<string> folders)
    {
        try
        {
            using var held = files.Hold(payload);
            if (held.File is null) return Errno.None; // deleted since, or found not to be ours at its next use
            bool isNameNew;
            lock (payload.FileGate) (isNameNew, payload.IsNameNew) = (payload.IsNameNew, false);
            if (isNameNew) folders.Add(Path.GetDirectoryName(files.PathOf(payload))!);
            return disk.Sync(held.File, dataOnly: !isNameNew);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Errno.Io;
        }
    }

    private void SyncFolder(string folder)
    {
        using var handle = Libc.OpenFolder(folder);
        var error = handle.IsInvalid ? Errno.Io : disk.Sync(handle, dataOnly: false);
        if (error != Errno.None) log.SyncFailed(folder, error);
    }
}
