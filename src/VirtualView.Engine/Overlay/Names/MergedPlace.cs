using VirtualView.Core.Paths;
using VirtualView.Engine.Overlay.Inodes;

namespace VirtualView.Engine.Overlay.Names;

/// <summary>What a path of the view leads to. Neither: to nothing.</summary>
/// <param name="Inode">What is local there.</param>
/// <param name="Source">Where at the sources that lies which shows there, whole or in part.</param>
internal readonly record struct MergedPlace(LocalInode? Inode, VirtualPath? Source);
