using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Overlay.Inodes;
using VirtualView.Engine.Polling;
using VirtualView.Engine.Polling.Pacing;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Overlay.Names;

/// <summary>
/// Looks into the directories of the sources that local names lie in, where nobody has: a process that was killed may not
/// have saved that they were looked into, and until then it is not known what became of what the names hide.
/// </summary>
internal sealed class UnlistedBases(LocalTree tree, SnapshotKeeper keeper, DirectoryLister lister, LivePolls polls)
{
    public async Task ListAsync(CancellationToken cancel)
    {
        // Parents first: before one is listed nobody knows of its children.
        foreach (var level in Bases().GroupBy(path => path.Names.Length).OrderBy(level => level.Key))
        {
            foreach (var some in level.Where(IsUnlisted).Chunk(polls.Now.ListingsAtOnce))
                await Task.WhenAll(some.Select(path => lister.ListAsync(path, cancel).AsTask()));
        }
    }

    private bool IsUnlisted(VirtualPath path) => keeper.Current.Find(path) is DirectoryNode { IsListed: false };

    private HashSet<VirtualPath> Bases()
    {
        var bases = new HashSet<VirtualPath>();
        lock (tree.Gate)
        {
            foreach (var inode in tree.All)
            {
                if (inode is not { IsGone: false, Directory: { Base: { } path } directory }) continue;
                if (directory.Entries.Count > 0) bases.Add(path);
                foreach (var (name, target) in directory.Entries)
                    if (target is null && directory.HiddenBy(name).Kind == HiddenKind.Directory) bases.Add(path / name);
            }
        }

        return bases;
    }
}
