using Microsoft.Win32.SafeHandles;
using VirtualView.State.Native;

namespace VirtualView.State.Overlay.Journal;

/// <summary>
/// Reserves room for the database as the log grows, and some more: on a full disk the log can always be copied, and then
/// begins anew in the room that it has. So what is removed needs no new room.
/// </summary>
/// <param name="database">Kept open as long as SQLite uses it: to close it would drop SQLite's locks.</param>
internal sealed class DatabaseRoom(SafeFileHandle database) : IDisposable
{
    private const long PageBytes = 4096;

    /// <summary>For commits that only remove: some hundred pages, as a whiteout is a row too.</summary>
    private const long AheadBytes = 1 << 20;

    private long _reservedTo; // guarded by who calls, as the journal does

    /// <summary>False when the disk has no room for it.</summary>
    public bool TryReserve(uint pages)
    {
        var needed = (pages * PageBytes) + AheadBytes;
        if (needed <= _reservedTo) return true;
        var errno = Libc.Allocate(database, Libc.KeepSize, 0, needed + AheadBytes);
        if (errno is Errno.NoSpace or Errno.OverQuota) return false;
        _reservedTo = needed + AheadBytes; // a disk that cannot reserve does without
        return true;
    }

    /// <summary>SQLite has cut the database to its size, and what was reserved beyond.</summary>
    public void Cut() => _reservedTo = 0;

    public void Dispose() => database.Dispose();
}
