using System.Collections.Concurrent;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;

namespace VirtualView.State.Overlay.Files;

/// <summary>
/// Files of which a sync failed. The kernel tells it once and then takes what it could not write for written, so it is
/// remembered here, over closing and opening.
/// </summary>
internal sealed class UnsyncedFiles
{
    private readonly ConcurrentDictionary<LocalId, FileSystemError> _failed = new();

    public FileSystemError Find(LocalId id) => _failed.IsEmpty ? FileSystemError.None : _failed.GetValueOrDefault(id);

    public void Add(LocalId id, FileSystemError error) => _failed[id] = error;

    /// <summary>Nothing of what it held matters any more.</summary>
    public void Remove(LocalId id)
    {
        if (!_failed.IsEmpty) _failed.TryRemove(id, out _);
    }
}
