using VirtualView.Core.FileSystem;
using VirtualView.Engine.Overlay;

namespace VirtualView.Engine.Past;

/// <summary>A snapshot that can be written: an overlay of its own lies over it, which nobody else sees.</summary>
public sealed class SnapshotSession : IDisposable
{
    private readonly SnapshotView _below;
    private readonly ViewOverlay _overlay;

    internal SnapshotSession(SnapshotView below, ViewOverlay overlay) => (_below, _overlay) = (below, overlay);

    public long Number => _below.Number;

    public IWritableFileSystem FileSystem => _overlay.FileSystem;

    /// <summary>Lets go of the snapshot, and of what the overlay kept in the cache.</summary>
    public void Dispose()
    {
        _overlay.Dispose();
        _below.Dispose();
    }
}
