using Microsoft.Win32.SafeHandles;
using VirtualView.State.Native;

namespace VirtualView.State.Overlay.Files;

/// <summary>Whether the names in one folder are on the disk. What was there at the start counts as not: the process before may have died before it synced.</summary>
internal sealed class FolderNames
{
    private readonly Lock _oneAtATime = new(); // held while the disk is waited for: who comes later profits
    private long _changes = 1;
    private long _synced;
    private int _failed; // the kernel tells of what it could not write once

    /// <summary>To be called after the change.</summary>
    public void Changed() => Interlocked.Increment(ref _changes);

    /// <summary>Syncs the folder if any name in it changed since it was synced last.</summary>
    public int Sync(SafeFileHandle parent, ReadOnlySpan<byte> name)
    {
        var wanted = Interlocked.Read(ref _changes);
        if (Interlocked.Read(ref _synced) >= wanted) return Errno.None;
        lock (_oneAtATime)
        {
            if (_synced >= wanted) return Errno.None;
            if (_failed != Errno.None) return _failed;
            var covered = Interlocked.Read(ref _changes);
            using var folder = Libc.OpenAt(parent, name, Libc.ReadOnly);
            if (folder.IsInvalid) return System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
            var error = Libc.Sync(folder, dataOnly: false);
            if (error == Errno.None) Interlocked.Exchange(ref _synced, covered);
            return _failed = error;
        }
    }
}
