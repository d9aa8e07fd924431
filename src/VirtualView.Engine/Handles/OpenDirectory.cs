using VirtualView.Core.FileSystem;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Nodes;

namespace VirtualView.Engine.Handles;

/// <summary>A directory that someone has open: what it lists is what it held at the open.</summary>
internal sealed record OpenDirectory(HandleId Id, Node Node, DirectoryNode Listing);
