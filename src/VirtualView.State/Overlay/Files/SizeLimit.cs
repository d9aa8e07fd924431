using Microsoft.Win32.SafeHandles;
using VirtualView.State.Native;

namespace VirtualView.State.Overlay.Files;

/// <summary>
/// How long the disk lets a file be. It is asked by a file without a name, because no system call tells: the limit depends on
/// the kind of the disk and on how it was made. Any thread may call anything.
/// </summary>
internal sealed class SizeLimit(SafeFileHandle folder)
{
    private long _allowed;

    /// <summary>The error number; none where the disk has no files without names: it says by itself when it is written there.</summary>
    public int Check(long bytes)
    {
        if (bytes <= Volatile.Read(ref _allowed)) return Errno.None;
        using var probe = Libc.OpenNameless(folder);
        if (probe.IsInvalid) return Errno.None;
        var errno = Libc.Truncate(probe, bytes);
        if (errno == Errno.None) Allow(bytes);
        return errno;
    }

    private void Allow(long bytes)
    {
        var known = Volatile.Read(ref _allowed);
        while (known < bytes && Interlocked.CompareExchange(ref _allowed, bytes, known) is var now && now != known)
            known = now;
    }
}
