using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;

namespace VirtualView.Fuse.Notify;

/// <summary>A name in a directory leads elsewhere, or without a name: a node's attributes changed.</summary>
internal readonly record struct Notification(NodeId Node, PathName Name);
