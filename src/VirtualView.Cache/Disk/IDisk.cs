using Microsoft.Win32.SafeHandles;

namespace VirtualView.Cache.Disk;

/// <summary>What a disk may refuse. Each call answers an error number, 0 when it was done.</summary>
internal interface IDisk
{
    int Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Gives the room of a range back; it reads as zeros then.</summary>
    int PunchHole(SafeFileHandle file, long offset, long length);

    int Truncate(SafeFileHandle file);

    int Sync(SafeFileHandle file, bool dataOnly);

    /// <summary>Takes the names in a folder to the disk: a renamed file is not there for certain before.</summary>
    int SyncFolder(string path);

    /// <summary>Lets the disk begin with what the file has not written yet, without waiting: the next sync has less to do.</summary>
    void StartWriting(SafeFileHandle file);

    int SetLabel(string path, ReadOnlySpan<byte> label);

    /// <summary>False when the file has no label of just this length.</summary>
    bool TryGetLabel(string path, Span<byte> label);

    /// <summary>The name of the network file system that the folder lies on; null when it is a local one.</summary>
    string? NetworkFileSystem(string folder);

    /// <summary>What unprivileged users can still write; <see cref="long.MaxValue"/> when the disk does not say.</summary>
    long FreeBytes(string folder);
}
