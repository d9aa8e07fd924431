using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Overlay.Inodes;

namespace VirtualView.Engine.Overlay.Listing;

/// <summary>An entry of a merged listing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="InodeNumber">As <c>stat</c> shows it.</param>
/// <param name="Local">Null for one of the sources.</param>
internal sealed record ListedEntry(PathName Name, EntryKind Kind, ulong InodeNumber, LocalInode? Local);
