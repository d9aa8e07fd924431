using VirtualView.Core.Outcomes;

namespace VirtualView.Core.Overlay;

/// <summary>
/// The names and attributes of what was written here: the only copy there is. Calls wait for each other.
/// </summary>
public interface IOverlayJournal : IAsyncDisposable
{
    /// <summary>Called once, before anything else. Damage costs what is damaged and is told; it never throws for it.</summary>
    ValueTask<OverlayImage> LoadAsync(CancellationToken cancel);

    /// <summary>
    /// Makes all changes or none, on the caller's thread, in some ten microseconds. What returned
    /// <see cref="FileSystemError.None"/> survives <c>kill -9</c>. <see cref="FileSystemError.NoSpace"/> when the disk
    /// is full.
    /// </summary>
    FileSystemError Commit(OverlayChanges changes);

    /// <summary>All that was committed before this call survives the loss of power after it.</summary>
    ValueTask<FileSystemError> SyncAsync(CancellationToken cancel);
}
