using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Engine.Nodes;

namespace VirtualView.Engine.VirtualFiles;

/// <summary>
/// The directory <c>.virtualview</c> and the files in it. Each lookup of a file makes its content anew, as a node of its
/// own: so its size is right, and what is read through one handle is of one moment. A node that has grown old is told to
/// be superseded, as any other file's, and the kernel looks the name up again.
/// </summary>
internal sealed class VirtualTree(IReadOnlyList<VirtualFile> files, TimeProvider clock)
{
    /// <summary>Far above what the view's own nodes and handles count up to.</summary>
    public const ulong FirstId = 1UL << 62;

    /// <summary>So long a making is good for another open: a <c>stat</c> and the read after it agree.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, VirtualNode> _nodes = []; // this and all below guarded by _gate
    private readonly Dictionary<ulong, VirtualNode> _handles = [];
    private ulong _lastId = FirstId;

    public static PathName Name { get; } = PathName.Of(".virtualview");

    public VirtualNode Root { get; } = new(new NodeId(FirstId), InodeNumber.Of(InodeNumber.Root, Name, null), null, UnixTime.From(clock.GetUtcNow()));

    /// <summary>The node of a name in the directory, counted as one lookup; null when there is no such file.</summary>
    public VirtualNode? Lookup(PathName name)
    {
        if (files.FirstOrDefault(file => file.Name == name) is not { } found) return null;
        var now = UnixTime.From(clock.GetUtcNow());
        // Not under the lock: it asks other rooms.
        var content = found.Content(now);
        lock (_gate)
        {
            var node = new VirtualNode(new NodeId(++_lastId), InodeNumber.Of(Root.Attributes(0, 0).InodeNumber, name, null), content, now) { Lookups = 1 };
            _nodes.Add(node.Id.Value, node);
            return node;
        }
    }

    /// <summary>Null for what was forgotten.</summary>
    public VirtualNode? Find(NodeId id)
    {
        if (id == Root.Id) return Root;
        lock (_gate)
            return _nodes.GetValueOrDefault(id.Value);
    }

    public void Forget(NodeId id, ulong lookups)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(id.Value, out var node)) return;
            node.Lookups -= Math.Min(lookups, node.Lookups);
            if (node.Lookups == 0) _nodes.Remove(id.Value);
        }
    }

    public Outcome<HandleId> Open(VirtualNode node)
    {
        if (node.Content is not null && clock.GetUtcNow() - node.MadeAt.ToDateTimeOffset() > Fresh) return FileSystemError.Stale;
        lock (_gate)
        {
            var handle = ++_lastId;
            _handles.Add(handle, node);
            return new HandleId(handle);
        }
    }

    public VirtualNode? Opened(HandleId id)
    {
        lock (_gate)
            return _handles.GetValueOrDefault(id.Value);
    }

    public void Release(HandleId id)
    {
        lock (_gate)
            _handles.Remove(id.Value);
    }
}
