using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Units;
using VirtualView.State.Native;

namespace VirtualView.State.Overlay.Files;

/// <summary>A sparse file of the disk. Its system calls are its methods.</summary>
internal sealed class OverlayFile(OverlayFiles folder, LocalId id, SafeFileHandle file) : IOverlayFile
{
    private static readonly byte[] Zeros = new byte[64 << 10];

    /// <exception cref="IOException">The disk does not even tell of a file that is open.</exception>
    public OverlayFileFacts Facts =>
        Libc.Status(file, out var status) is var errno and not Errno.None
            ? throw new IOException($"the overlay file {id} tells nothing of itself (errno {errno})")
            : status.ToFacts();

    public ReadOutcome Read(long offset, Span<byte> into) =>
        Libc.Read(file, into, offset, mayWait: true) is var bytes and >= 0 ? ReadOutcome.Read(bytes) : ReadOutcome.Failed(LastError("read"));

    // Who cannot tell whether it must wait (a file system that does not know the flag) must wait.
    public ReadOutcome? TryRead(long offset, Span<byte> into) =>
        Libc.Read(file, into, offset, mayWait: false) is var bytes and >= 0 ? ReadOutcome.Read(bytes)
        : Marshal.GetLastPInvokeError() is Errno.TryAgain or Errno.NotSupported ? null
        : ReadOutcome.Failed(LastError("read"));

    public FileSystemError Write(long offset, ReadOnlySpan<byte> bytes) => Told(Libc.Write(file, bytes, offset), "write");

    public FileSystemError SetSize(long bytes)
    {
        var error = Told(Libc.Truncate(file, bytes), "truncate");
        if (bytes == 0 && error == FileSystemError.None) folder.Unsynced.Remove(id);
        return error;
    }

    public FileSystemError SetModified(UnixTime at) => Told(Libc.SetModified(file, at.Seconds, at.SubsecondNanoseconds), "set the time of");

    public FileSystemError Reserve(long offset, long length, bool keepsSize) =>
        Told(Libc.Allocate(file, keepsSize ? Libc.KeepSize : 0, offset, length), "reserve room for");

    public FileSystemError PunchHole(long offset, long length)
    {
        var errno = Libc.Allocate(file, Libc.PunchHole | Libc.KeepSize, offset, length);
        return errno is Errno.NotSupported or Errno.NoSystemCall ? WriteZeros(offset, length) : Told(errno, "punch a hole into");
    }

    public long? NextData(long offset)
    {
        var found = Libc.Seek(file, offset, Libc.SeekData);
        if (found >= 0) return found;

        // Where the disk does not know of holes, all is data.
        return Marshal.GetLastPInvokeError() != Errno.NoSuchPosition && offset < Facts.SizeBytes ? offset : null;
    }

    public long NextHole(long offset) => Libc.Seek(file, offset, Libc.SeekHole) is var found and >= 0 ? found : Facts.SizeBytes;

    // Not on the caller's thread: a disk may take seconds, and others wait for that thread.
    public ValueTask<FileSystemError> SyncAsync(bool dataOnly) => new(Task.Run(() => Sync(dataOnly)));

    public void Dispose() => file.Dispose();

    private FileSystemError Sync(bool dataOnly)
    {
        if (folder.Unsynced.Find(id) is var before and not FileSystemError.None) return before;
        var error = Told(Libc.Sync(file, dataOnly), "sync");
        if (error == FileSystemError.None) return folder.SyncName(id);
        folder.Unsynced.Add(id, error);
        return error;
    }

    private FileSystemError WriteZeros(long offset, long length)
    {
        var end = Math.Min(offset + length, Facts.SizeBytes);
        for (var at = offset; at < end; at += Zeros.Length)
        {
            var error = Write(at, Zeros.AsSpan(0, (int)Math.Min(Zeros.Length, end - at)));
            if (error != FileSystemError.None) return error;
        }

        return FileSystemError.None;
    }

    private FileSystemError LastError(string what) => Told(Marshal.GetLastPInvokeError(), what);

    private FileSystemError Told(int errno, string what) => errno == Errno.None ? FileSystemError.None : folder.Failed(id, errno, what);
}
