using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Sources;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Overlay.Inodes;

namespace VirtualView.Engine.Overlay.Names;

/// <summary>Finds the node of the directory of the sources that a local one lies over.</summary>
internal sealed class BaseDirectories(IViewFileSystem sources, NodeTable nodes, LocalTree tree)
{
    /// <summary><see cref="FileSystemError.NotFound"/> when there is none, or none any more.</summary>
    public async ValueTask<Outcome<NodeId>> NodeOfAsync(LocalInode directory, CancellationToken cancel)
    {
        NodeId? known;
        lock (tree.Gate)
        {
            known = directory.Directory!.BaseNode;
            if (known is { } held && nodes.Find(held) is { IsSuperseded: false }) return held;
            directory.Directory.BaseNode = null;
        }

        if (known is { } old) sources.Forget(old, 1);
        if (directory.Directory.Base is not { } path) return FileSystemError.NotFound;
        if (path.IsRoot) return NodeId.Root;
        var at = NodeId.Root;
        foreach (var name in path.Names)
        {
            var found = await sources.LookupAsync(at, name, cancel);
            if (at != NodeId.Root) sources.Forget(at, 1);
            if (!found.TryGet(out var node)) return found.Error;
            at = node.Node;
            if (node.Kind == EntryKind.Directory) continue;
            sources.Forget(at, 1);
            return FileSystemError.NotFound;
        }

        return Keep(directory, at);
    }

    /// <summary>The node, if it was found before and still is the one. Under the tree's gate.</summary>
    public NodeId? AtHand(LocalInode directory)
    {
        if (directory.Directory!.Base is not { } path) return null;
        if (path.IsRoot) return NodeId.Root;
        return directory.Directory.BaseNode is { } held && nodes.Find(held) is { IsSuperseded: false } ? held : null;
    }

    private NodeId Keep(LocalInode directory, NodeId node)
    {
        lock (tree.Gate)
        {
            if (directory.Directory!.BaseNode is { } other)
            {
                nodes.Forget(node, 1);
                return other;
            }

            directory.Directory.BaseNode = node;
            return node;
        }
    }
}
