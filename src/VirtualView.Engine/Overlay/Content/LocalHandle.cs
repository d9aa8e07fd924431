using VirtualView.Core.FileSystem;
using VirtualView.Engine.Fetching;
using VirtualView.Engine.Overlay.Inodes;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>An open local file.</summary>
/// <param name="Id">Its handle: one of the sources' where it was opened before the file became local.</param>
/// <param name="Inode">What is open.</param>
/// <param name="File">Its content.</param>
/// <param name="ReadAhead">How it is read.</param>
/// <param name="MayMap">Whether the file can be changed through a mapping of this handle.</param>
internal sealed record LocalHandle(HandleId Id, LocalInode Inode, LocalFile File, ReadAhead ReadAhead, bool MayMap);
