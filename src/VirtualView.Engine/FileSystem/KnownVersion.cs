using VirtualView.Core.Versions;

namespace VirtualView.Engine.FileSystem;

/// <summary>A version as it is opened.</summary>
/// <param name="IsPast">The view shows another one at its path by now: what was learned of this one may be forgotten.</param>
internal readonly record struct KnownVersion(FileVersion Version, bool IsPast);
