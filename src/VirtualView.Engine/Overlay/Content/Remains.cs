using System.Collections.Concurrent;
using VirtualView.Core.Crashes;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>
/// Written bytes that no inode names any more. They are deleted when the journal on the disk does not name them either:
/// the loss of power may bring back what was committed before, and with it the name.
/// </summary>
internal sealed class Remains(IOverlayFiles files, Durability durability, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<(LocalId Id, long Commit)> _left = new();

    /// <summary>To be called after the commit that takes the last name away.</summary>
    public void Add(LocalId id) => _left.Enqueue((id, durability.LastCommit));

    /// <summary>Deletes now and then, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(Patience, clock, cancel);
            await DeleteAsync(cancel);
        }
    }

    /// <summary>Deletes all that is left; false when there was nothing, or the journal could not be synced.</summary>
    public async ValueTask<bool> DeleteAsync(CancellationToken cancel)
    {
        if (_left.IsEmpty) return false;
        var upTo = durability.LastCommit;
        if (await durability.SyncAsync(upTo, cancel) != FileSystemError.None) return false;
        CrashPoint.Reached(CrashPoints.OverlayRemainsSynced);
        var deletes = false;
        while (_left.TryPeek(out var next) && next.Commit <= upTo && _left.TryDequeue(out next))
        {
            files.Delete(next.Id);
            CrashPoint.Reached(CrashPoints.OverlayRemainsDeleted);
            deletes = true;
        }

        return deletes;
    }
}
