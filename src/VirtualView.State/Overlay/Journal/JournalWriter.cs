using System.Runtime.InteropServices;
using SQLitePCL;
using VirtualView.Core.Crashes;
using VirtualView.Core.Overlay;

namespace VirtualView.State.Overlay.Journal;

/// <summary>Writes changes in one transaction, and keeps ids from being used again. Not safe for several threads.</summary>
internal sealed class JournalWriter(sqlite3 database, ulong lastUsed, ulong lease) : IDisposable
{
    /// <summary>
    /// Which ids were used is seen by the inodes that are there. When the last goes, this many ids are given away
    /// ahead, so that who makes and removes files writes a row for it once in so many files.
    /// </summary>
    public const ulong LeaseIds = 1024;

    private readonly JournalRows _rows = new(database);
    private ulong _greatest = lastUsed;
    private ulong _leased = lease; // what stands in the table used

    /// <returns>SQLite's result code: <c>SQLITE_DONE</c> when all is there, else nothing is.</returns>
    /// <exception cref="ArgumentException">An inode contradicts itself; nothing is written.</exception>
    public int Write(OverlayChanges changes)
    {
        var isCommitted = false;
        try
        {
            var (greatest, leased) = (_greatest, _leased);
            var result = _rows.Begin();
            if (result == raw.SQLITE_DONE) result = WriteRows(changes, ref greatest, ref leased);
            CrashPoint.Reached(CrashPoints.OverlayRowsWritten);
            if (result == raw.SQLITE_DONE) result = _rows.Commit();
            isCommitted = result == raw.SQLITE_DONE;
            if (isCommitted) (_greatest, _leased) = (greatest, leased);
            return result;
        }
        finally
        {
            if (!isCommitted) _rows.Rollback();
        }
    }

    public void Dispose() => _rows.Dispose();

    private int WriteRows(OverlayChanges changes, ref ulong greatest, ref ulong leased)
    {
        var result = Remove(changes);
        if (result == raw.SQLITE_DONE) result = Put(changes);
        foreach (var inode in CollectionsMarshal.AsSpan(changes.Inodes))
            greatest = Math.Max(greatest, inode.Id.Value);
        if (result != raw.SQLITE_DONE || !RemovesBeyond(leased, changes.RemovedInodes)) return result;
        leased = greatest + LeaseIds;
        return _rows.PutUsed(leased);
    }

    private static bool RemovesBeyond(ulong leased, List<LocalId> removed)
    {
        foreach (var id in CollectionsMarshal.AsSpan(removed))
        {
            if (id.Value > leased) return true;
        }

        return false;
    }

    // Before what is put: who replaces a name may say that it goes and that it comes.
    private int Remove(OverlayChanges changes)
    {
        var result = raw.SQLITE_DONE;
        foreach (var id in CollectionsMarshal.AsSpan(changes.RemovedInodes))
        {
            if (result == raw.SQLITE_DONE) result = _rows.RemoveInode(id);
        }

        foreach (var (directory, name) in CollectionsMarshal.AsSpan(changes.RemovedEntries))
        {
            if (result == raw.SQLITE_DONE) result = _rows.RemoveEntry(directory, name.Bytes);
        }

        foreach (var (inode, name) in CollectionsMarshal.AsSpan(changes.RemovedAttributes))
        {
            if (result == raw.SQLITE_DONE) result = _rows.RemoveAttribute(inode, name.Span);
        }

        return result;
    }

    private int Put(OverlayChanges changes)
    {
        var result = raw.SQLITE_DONE;
        foreach (var inode in CollectionsMarshal.AsSpan(changes.Inodes))
        {
            if (result == raw.SQLITE_DONE) result = _rows.PutInode(inode);
        }

        foreach (var entry in CollectionsMarshal.AsSpan(changes.Entries))
        {
            if (result == raw.SQLITE_DONE) result = _rows.PutEntry(entry);
        }

        foreach (var attribute in CollectionsMarshal.AsSpan(changes.Attributes))
        {
            if (result == raw.SQLITE_DONE) result = _rows.PutAttribute(attribute.Inode, attribute.Name.AsSpan(), attribute.Value.AsSpan());
        }

        return result;
    }
}
