using VirtualView.Core.Paths;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.CacheControl;

/// <summary>A file that a path or glob meant, in the version that the view shows.</summary>
internal readonly record struct SelectedFile(VirtualPath Path, FileVersion Version);
