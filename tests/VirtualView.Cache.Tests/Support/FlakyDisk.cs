using Microsoft.Win32.SafeHandles;
using VirtualView.Cache.Disk;

namespace VirtualView.Cache.Tests.Support;

/// <summary>A disk that refuses what it is told to refuse.</summary>
internal sealed class FlakyDisk : IDisk
{
    private readonly LinuxDisk _disk = new();

    public int WriteError { get; set; }

    /// <summary>How many writes are refused; all, if negative.</summary>
    public int RefusedWrites { get; set; } = -1;

    public bool HasHoles { get; init; } = true;

    public bool HasAttributes { get; init; } = true;

    public long? Free { get; set; }

    public int Syncs { get; private set; }

    /// <summary>What writes and syncs of the index's files answer.</summary>
    public int IndexError { get; set; }

    /// <summary>What syncs of payload files answer.</summary>
    public int SyncError { get; set; }

    public int Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        if (IsIndex(file)) return IndexError != 0 ? IndexError : _disk.Write(file, bytes, offset);
        if (WriteError == 0 || RefusedWrites == 0) return _disk.Write(file, bytes, offset);
        RefusedWrites--;
        _ = _disk.Write(file, bytes[..(bytes.Length / 2)], offset); // a torn write
        return WriteError;
    }

    public int PunchHole(SafeFileHandle file, long offset, long length) =>
        HasHoles ? _disk.PunchHole(file, offset, length) : Errno.NotSupported;

    public int Truncate(SafeFileHandle file) => _disk.Truncate(file);

    public int Sync(SafeFileHandle file, bool dataOnly)
    {
        if (IsIndex(file)) return IndexError != 0 ? IndexError : _disk.Sync(file, dataOnly);
        Syncs++;
        if (SyncError != 0) return SyncError;
        return _disk.Sync(file, dataOnly);
    }

    /// <summary>What syncs of the seals' folder answer.</summary>
    public int SealsError { get; set; }

    public int SyncFolder(string path)
    {
        if (path.EndsWith("/seals", StringComparison.Ordinal)) return SealsError != 0 ? SealsError : _disk.SyncFolder(path);
        Syncs++;
        return SyncError != 0 ? SyncError : _disk.SyncFolder(path);
    }

    public void StartWriting(SafeFileHandle file) => _disk.StartWriting(file);

    public int SetLabel(string path, ReadOnlySpan<byte> label) => HasAttributes ? _disk.SetLabel(path, label) : Errno.NotSupported;

    public bool TryGetLabel(string path, Span<byte> label) => HasAttributes && _disk.TryGetLabel(path, label);

    private static bool IsIndex(SafeFileHandle file) =>
        new FileInfo($"/proc/self/fd/{file.DangerousGetHandle()}").LinkTarget?.Contains("/index/", StringComparison.Ordinal) == true;

    public string? Network { get; init; }

    public string? NetworkFileSystem(string folder) => Network;

    public long FreeBytes(string folder) => Free ?? _disk.FreeBytes(folder);
}
