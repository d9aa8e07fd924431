using System.Collections.Concurrent;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;

namespace VirtualView.Engine.Tests.World;

/// <summary>Keeps what a kernel would be told.</summary>
internal sealed class RecordingNotifier : IKernelNotifier
{
    public ConcurrentQueue<(NodeId Directory, PathName Name)> Names { get; } = [];

    public ConcurrentQueue<NodeId> Nodes { get; } = [];

    public void EntryChanged(NodeId parent, PathName name) => Names.Enqueue((parent, name));

    public void NodeChanged(NodeId node) => Nodes.Enqueue(node);
}
