using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Engine.Overlay.Inodes;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Overlay.Names;

/// <summary>
/// From paths of the view to what is local there and to paths at the sources: the same ones, but below what was moved here.
/// Asks no source.
/// </summary>
/// <param name="tree">Null for a view without an overlay.</param>
internal sealed class MergedPaths(LocalTree? tree, SnapshotKeeper keeper)
{
    /// <param name="path">May end in patterns: they are kept where no local name stands in their place.</param>
    public MergedPlace PlaceOf(VirtualPath path)
    {
        if (tree is null) return new MergedPlace(null, path);
        lock (tree.Gate)
        {
            var at = tree.Root;
            var depth = 0;
            foreach (var name in path.Names)
            {
                if (at.Directory is not { } directory) return default;
                if (!directory.Entries.TryGetValue(name, out var next))
                    return directory.Base is { } below ? new MergedPlace(null, below / VirtualPath.Of(path.Names.Skip(depth))) : default;
                if (next is null) return default;
                at = next;
                depth++;
            }

            return new MergedPlace(at, at.Directory?.Base ?? at.File?.Base?.Path);
        }
    }

    /// <summary>Where a symbolic link leads; null for all else.</summary>
    public ImmutableArray<byte>? LinkAt(VirtualPath path) => PlaceOf(path) switch
    {
        { Inode: { } inode } => inode.Kind == EntryKind.Symlink ? inode.Record.Target : null,
        { Source: { } source } => (keeper.Current.Find(source) as SymlinkNode)?.Target,
        _ => null,
    };
}
