using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;

namespace VirtualView.Engine.Tests.World;

/// <summary>One process's way to the journal: when it has died, nothing it does reaches that any more.</summary>
internal sealed class MortalJournal(IOverlayJournal journal) : IOverlayJournal
{
    private readonly Lock _gate = new();
    private bool _isDead; // guarded by _gate

    public void Die()
    {
        lock (_gate) _isDead = true;
    }

    public ValueTask<OverlayImage> LoadAsync(CancellationToken cancel) => journal.LoadAsync(cancel);

    public FileSystemError Commit(OverlayChanges changes)
    {
        lock (_gate) return _isDead ? FileSystemError.Interrupted : journal.Commit(changes);
    }

    public ValueTask<FileSystemError> SyncAsync(CancellationToken cancel) => journal.SyncAsync(cancel);

    public ValueTask DisposeAsync() => journal.DisposeAsync();
}
