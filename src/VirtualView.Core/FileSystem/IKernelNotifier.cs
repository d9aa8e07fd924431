using VirtualView.Core.Paths;

namespace VirtualView.Core.FileSystem;

/// <summary>
/// Tells a kernel what changed, as an optimisation: correctness never waits for it. Every call returns at once and
/// may be dropped; it may be made from anywhere, also under a lock.
/// </summary>
public interface IKernelNotifier
{
    /// <summary>What the name leads to is not what the kernel may remember, or it is gone.</summary>
    void EntryChanged(NodeId parent, PathName name);

    /// <summary>The attributes of a node changed; for a directory also the list of its entries.</summary>
    void NodeChanged(NodeId node);
}
