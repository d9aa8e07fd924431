using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Overlay.Inodes;

namespace VirtualView.Engine.Overlay.Names;

/// <summary>What a name leads to: a local inode, nothing because of a whiteout, or what the sources have.</summary>
internal sealed class MergedLookups(IViewFileSystem sources, LocalTree tree, BaseDirectories bases)
{
    /// <summary>Success counts one lookup.</summary>
    public ValueTask<Outcome<NodeAttributes>> FindAsync(NodeId directory, PathName name, CancellationToken cancel)
    {
        LocalInode? local;
        lock (tree.Gate)
        {
            local = tree.Find(directory);
            if (local is not null && AtHand(local, name) is { } answer) return ValueTask.FromResult(answer);
        }

        if (local is not null) return BelowAsync(local, directory, name, cancel);
        var found = sources.LookupAsync(directory, name, cancel);
        return found.IsCompletedSuccessfully ? ValueTask.FromResult(Checked(directory, name, found.Result)) : CheckedAsync(directory, name, found);
    }

    /// <summary>Gives one lookup back.</summary>
    public void Forget(NodeId node, ulong lookups = 1)
    {
        lock (tree.Gate)
        {
            if (tree.Find(node) is { } local)
            {
                tree.Forget(local, node, lookups);
                return;
            }
        }

        if (node.Value < LocalInode.FirstNode) sources.Forget(node, lookups);
    }

    private async ValueTask<Outcome<NodeAttributes>> BelowAsync(LocalInode local, NodeId directory, PathName name, CancellationToken cancel)
    {
        var below = await bases.NodeOfAsync(local, cancel);
        if (!below.TryGet(out var node)) return below.Error;
        return Checked(directory, name, await sources.LookupAsync(node, name, cancel));
    }

    private async ValueTask<Outcome<NodeAttributes>> CheckedAsync(NodeId directory, PathName name, ValueTask<Outcome<NodeAttributes>> asked) =>
        Checked(directory, name, await asked);

    /// <summary>The sources' answer, unless the name became local while they were asked.</summary>
    private Outcome<NodeAttributes> Checked(NodeId directory, PathName name, Outcome<NodeAttributes> found)
    {
        lock (tree.Gate)
        {
            if (tree.Find(directory) is not { } local || !local.IsDirectory || !local.Directory!.Entries.ContainsKey(name)) return found;
            if (found.TryGet(out var node)) sources.Forget(node.Node, 1);
            return AtHand(local, name)!.Value;
        }
    }

    private Outcome<NodeAttributes>? AtHand(LocalInode directory, PathName name)
    {
        if (!directory.IsDirectory) return FileSystemError.NotADirectory;
        if (directory.IsGone) return FileSystemError.NotFound;
        if (!directory.Directory!.Entries.TryGetValue(name, out var target))
            return directory.Directory.Base is null ? FileSystemError.NotFound : null;
        if (target is null) return FileSystemError.NotFound;
        tree.CountLookup(target);
        return LocalNodeAttributes.Of(target);
    }
}
