using VirtualView.Core.Paths;

namespace VirtualView.Core.Overlay;

/// <summary>A name in a local directory.</summary>
/// <param name="Directory">The directory.</param>
/// <param name="Name">The name.</param>
/// <param name="Target">What it leads to; null for a whiteout.</param>
/// <param name="Hidden">What the sources had under the name.</param>
public readonly record struct LocalEntry(LocalId Directory, PathName Name, LocalId? Target, HiddenEntry Hidden);
