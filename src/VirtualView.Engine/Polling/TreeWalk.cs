using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Polling;

/// <summary>
/// Goes through all listed directories of a part of the tree, a few at a time, parents before their children, and holds no more than the way to
/// where it is. A directory is looked into when the one that leads to it was given back with <see cref="Done"/>.
/// </summary>
internal sealed class TreeWalk(SnapshotKeeper keeper, VirtualPath from)
{
    private readonly Stack<(VirtualPath Path, DirectoryNode Node, int Next)> _open = new();
    private bool _isBegun;

    /// <summary>The next directories, at most so many; none at the end.</summary>
    public List<VirtualPath> Next(int most)
    {
        var found = new List<VirtualPath>(most);
        if (!_isBegun && keeper.Current.Find(from) is DirectoryNode { IsListed: true }) found.Add(from);
        _isBegun = true;
        while (found.Count < most && _open.TryPop(out var at))
        {
            for (; at.Next < at.Node.Children.Length && found.Count < most; at.Next++)
            {
                if (at.Node.Children[at.Next] is DirectoryNode { IsListed: true } child) found.Add(at.Path / child.Name);
            }

            if (at.Next < at.Node.Children.Length) _open.Push(at);
        }

        return found;
    }

    public void Done(VirtualPath path)
    {
        if (keeper.Current.Find(path) is DirectoryNode node) _open.Push((path, node, 0));
    }
}
