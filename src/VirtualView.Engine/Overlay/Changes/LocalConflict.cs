using VirtualView.Core.Snapshots;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Overlay.Changes;

/// <summary>A local change that does not fit to what the sources have by now. Nothing is merged: ours shows until it is discarded.</summary>
/// <param name="Kind">What does not fit.</param>
/// <param name="Base">The file that the sources had under the name when it became local, or that the local one was made from; null where that was none, or is not known.</param>
/// <param name="Now">What the sources have; null when nothing.</param>
public sealed record LocalConflict(LocalConflictKind Kind, FileVersion? Base, SnapshotNode? Now);
