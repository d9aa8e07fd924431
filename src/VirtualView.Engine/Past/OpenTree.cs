using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;

namespace VirtualView.Engine.Past;

/// <summary>A snapshot that a kernel looks into under a name: its own nodes and handles, seen through ids of one range.</summary>
internal sealed class OpenTree(ulong number, PathName name, SnapshotView view)
{
    public ulong Number => number;

    public PathName Name => name;

    public SnapshotView View => view;

    public IViewFileSystem Files => view.FileSystem;

    /// <summary>Lookups of the root that were not forgotten. Guarded by the folder's lock.</summary>
    public ulong RootLookups { get; set; }

    /// <summary>When a name in it was last looked up or opened. Guarded by the folder's lock.</summary>
    public DateTimeOffset UsedAt { get; set; }

    /// <summary>Nobody knows anything of it any more.</summary>
    public bool IsUnused => RootLookups == 0 && view.Parts.Nodes.Count == 1 && !HasHandles;

    public bool HasHandles => view.Parts.Handles.Count > 0;

    public NodeAttributes Outer(NodeAttributes inner) => inner with { Node = new NodeId(TreeIds.Outer(number, inner.Node.Value)) };

    public Outcome<NodeAttributes> Outer(Outcome<NodeAttributes> inner) => inner.TryGet(out var attributes) ? Outer(attributes) : inner.Error;

    public Outcome<HandleId> Outer(Outcome<HandleId> inner) =>
        inner.TryGet(out var handle) ? new HandleId(TreeIds.Outer(number, handle.Value)) : inner.Error;
}
