using VirtualView.Core.FileSystem;

namespace VirtualView.Fuse.Notify;

/// <summary>One thing to tell the kernel: that a directory's attributes changed, or without one that names did.</summary>
/// <param name="Dropped">How many notifications were lost before this one, which stands for them.</param>
internal readonly record struct Notification(NodeId? Directory, int Dropped);
