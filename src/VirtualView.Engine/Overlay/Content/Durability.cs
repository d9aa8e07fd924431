using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Engine.Overlay.Inodes;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>Syncs the journal, where something that matters was committed since it was synced last.</summary>
internal sealed class Durability(IOverlayJournal journal)
{
    /// <summary>The names and attributes of the inode survive the loss of power.</summary>
    public async ValueTask<FileSystemError> SyncAsync(LocalInode inode, CancellationToken cancel)
    {
        var committed = Volatile.Read(ref inode.CommittedAt);
        if (committed <= Interlocked.Read(ref _syncedTo)) return FileSystemError.None;
        var upTo = Interlocked.Read(ref _commits);
        var error = await journal.SyncAsync(cancel);
        if (error != FileSystemError.None) return error;
        for (var synced = Interlocked.Read(ref _syncedTo); synced < upTo; synced = Interlocked.Read(ref _syncedTo))
            Interlocked.CompareExchange(ref _syncedTo, upTo, synced);
        return FileSystemError.None;
    }

    private long _commits;
    private long _syncedTo = -1; // what a process before committed may not be on the disk: as if it were commit 0

    /// <summary>Numbers a commit. Under the tree's gate, when it has succeeded.</summary>
    public long Committed() => Interlocked.Increment(ref _commits);
}
