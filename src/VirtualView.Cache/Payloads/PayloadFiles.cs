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
        return payload.IsDropped ? StoreLayout.Dropped(path) : path;
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

    public void Delete(Payload payload)
    {
        lock (payload.FileGate)
        {
            payload.CloseFile();
            if (!payload.HasFile) return;
            try
            {
                File.Delete(PathOf(payload));
                File.Delete(StoreLayout.Sidecar(layout.Payload(payload.Id)));
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

    /// <summary>Gives the file a name that the next start deletes, and marks the payload.</summary>
    public void MarkDropped(Payload payload)
    {
        lock (payload.FileGate)
        {
            var path = layout.Payload(payload.Id);
            payload.IsDropped = true;
            if (payload.HasFile && File.Exists(path)) File.Move(path, StoreLayout.Dropped(path), overwrite: true);
            CrashPoint.Reached(CrashPoints.CacheDropRenamed);
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
        if (!File.Exists(path) || !File.Exists(sidecar)) return false;
        var bytes = File.ReadAllBytes(sidecar);
        if (bytes.Length != label.Length) return false;
        bytes.CopyTo(label);
        return true;
    }

    private void Create(Payload payload)
    {
        var path = PathOf(payload);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.OpenHandle(path, FileMode.Create, FileAccess.Write).Dispose();
        CrashPoint.Reached(CrashPoints.CachePayloadUnlabelled);
        Span<byte> label = stackalloc byte[PayloadLabel.SizeBytes];
        PayloadLabel.Write(label, payload.Id, payload.Identity, blockSizeBytes);
        if (disk.SetLabel(path, label) != Errno.None)
            File.WriteAllBytes(StoreLayout.Sidecar(layout.Payload(payload.Id)), label);
        CrashPoint.Reached(CrashPoints.CachePayloadLabelled);
        (payload.HasFile, payload.IsNameNew) = (true, true);
    }
}
