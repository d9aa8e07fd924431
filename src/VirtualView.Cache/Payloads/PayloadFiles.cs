using Microsoft.Win32.SafeHandles;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Layout;
using VirtualView.Core.Crashes;

namespace VirtualView.Cache.Payloads;

/// <summary>Makes, opens and deletes the sparse files of payloads. A file is opened only when its label is the payload's.</summary>
internal sealed class PayloadFiles(StoreLayout layout, IDisk disk, int blockSizeBytes, OpenFiles open)
{
    public string PathOf(Payload payload)
    {
        var path = layout.Payload(payload.Id);
        return payload.HasDroppedName ? StoreLayout.Dropped(path) : path;
    }

    /// <summary>An empty result means: there is no such file, or it is not ours.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public HeldFile Hold(Payload payload)
    {
        payload.IsFileUsed = true;
        while ((payload.File ?? Open(payload)) is { } file)
            if (HeldFile.TryHold(file, out var held)) return held;
        return default;
    }

    /// <summary>Makes the file if the payload has none. False when it had one that is gone or not ours.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public bool Ensure(Payload payload)
    {
        if (payload.File is not null) return true;
        lock (payload.FileGate)
        {
            if (!payload.HasFile) Create(payload);
            return OpenLocked(payload) is not null;
        }
    }

    /// <summary>False when the disk refuses, or the file is gone, not ours, or too short.</summary>
    public bool TryRead(Payload payload, Span<byte> into, long offset)
    {
        try
        {
            using var held = Hold(payload);
            return held.File is { } file && Libc.Read(file, into, offset) == into.Length;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The disk has nothing of a block that should be here: it was evicted, and a crash took the record of it.</summary>
    public bool IsHole(Payload payload, long block)
    {
        try
        {
            using var held = Hold(payload);
            return held.File is { } file && Libc.IsHole(file, block * blockSizeBytes, payload.LengthOf(block));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Delete(Payload payload)
    {
        lock (payload.FileGate)
        {
            payload.CloseFile();
            if (!payload.HasFile) return;
            try
            {
                StoreFormat.Delete(PathOf(payload));
                StoreFormat.Delete(StoreLayout.Sidecar(layout.Payload(payload.Id)));
            }
            catch (DirectoryNotFoundException)
            {
                // Someone took the folder away: the file is gone, as was wanted.
            }

            (payload.HasFile, payload.IsLent) = (false, false);
        }
    }

    /// <summary>
    /// The payload's file for someone else to close, marked on the disk and in memory as lent: another process must know
    /// it as well, for mappings outlive this one. Null when the payload is not whole and proven, or the disk refuses.
    /// </summary>
    public SafeFileHandle? Lend(Payload payload)
    {
        lock (payload.FileGate)
        {
            using var held = Hold(payload);
            if (held.File is not { } file || RandomAccess.GetLength(file) != payload.Identity.SizeBytes) return null;
            // The mark first: one too many costs nothing, as only a file with blocks missing is deleted for it.
            if (!payload.IsLent) LentMark.Set(file);
            if (!payload.IsLent && !payload.TryMarkLent()) return null;
            return Libc.Duplicate(file);
        }
    }

    /// <summary>
    /// Marks the payload, and gives its file a name that the next start deletes. A disk that refuses keeps the old name,
    /// under which a crash would bring an obsolete version back: right bytes that nobody asks for.
    /// </summary>
    public void MarkDropped(Payload payload)
    {
        lock (payload.FileGate)
        {
            payload.IsDropped = true;
            payload.HasDroppedName = !payload.HasFile || TryRename(layout.Payload(payload.Id));
            CrashPoint.Reached(CrashPoints.CacheDropRenamed);
        }
    }

    private static bool TryRename(string path)
    {
        try
        {
            Obstacles.ClearForFile(StoreLayout.Dropped(path));
            if (File.Exists(path)) File.Move(path, StoreLayout.Dropped(path), overwrite: true);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private SafeFileHandle? Open(Payload payload)
    {
        lock (payload.FileGate) return OpenLocked(payload);
    }

    private SafeFileHandle? OpenLocked(Payload payload)
    {
        if (payload.File is { } known) return known;
        var path = PathOf(payload);
        if (!payload.HasFile || !IsOurs(payload, path)) return null;
        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        payload.File = file;
        open.Admit(payload);
        return file;
    }

    private bool IsOurs(Payload payload, string path)
    {
        Span<byte> label = stackalloc byte[PayloadLabel.SizeBytes];
        return TryReadLabel(disk, path, StoreLayout.Sidecar(layout.Payload(payload.Id)), label)
            && PayloadLabel.TryRead(label, payload.Id, blockSizeBytes, out var identity)
            && identity == payload.Identity;
    }

    public static bool TryReadLabel(IDisk disk, string path, string sidecar, Span<byte> label)
    {
        if (disk.TryGetLabel(path, label)) return true;
        if (!Obstacles.IsFile(path) || !Obstacles.IsFile(sidecar)) return false;
        var bytes = File.ReadAllBytes(sidecar);
        if (bytes.Length != label.Length) return false;
        bytes.CopyTo(label);
        return true;
    }

    private void Create(Payload payload)
    {
        var path = PathOf(payload);
        var sidecar = StoreLayout.Sidecar(layout.Payload(payload.Id));
        Obstacles.MakeFolder(layout.Root, Path.GetDirectoryName(path)!);
        Obstacles.ClearForFile(path);
        Obstacles.ClearForFile(sidecar);
        File.OpenHandle(path, FileMode.Create, FileAccess.Write).Dispose();
        CrashPoint.Reached(CrashPoints.CachePayloadUnlabelled);
        Span<byte> label = stackalloc byte[PayloadLabel.SizeBytes];
        PayloadLabel.Write(label, payload.Id, payload.Identity, blockSizeBytes);
        if (disk.SetLabel(path, label) != Errno.None)
            File.WriteAllBytes(sidecar, label);
        CrashPoint.Reached(CrashPoints.CachePayloadLabelled);
        (payload.HasFile, payload.IsNameNew) = (true, true);
    }
}
