using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;

namespace VirtualView.State.Trees;

/// <summary>
/// Writes what differs between two trees, inside the caller's transaction. Directories that both share are not
/// entered, so the work follows the change.
/// </summary>
internal sealed class TreeWriter(ITreeRows rows, CancellationToken cancel)
{
    private readonly Stack<(DirectoryNode? Before, DirectoryNode After, VirtualPath Path)> _todo = new();

    public int Written { get; private set; }

    public int Deleted { get; private set; }

    /// <param name="before">What is in the database now; null: whatever it is, it goes.</param>
    public void Write(DirectoryNode? before, DirectoryNode after)
    {
        if (before is null) Deleted += rows.RemoveAll();
        _todo.Push((before, after, VirtualPath.Root));
        while (_todo.TryPop(out var pair))
        {
            if (ReferenceEquals(pair.Before, pair.After)) continue;
            cancel.ThrowIfCancellationRequested();
            WriteRow(pair.Before, pair.After, pair.Path);
            if (pair.Before is not null) DeleteGone(pair.Before, pair.After, pair.Path);
            foreach (var child in pair.After.Children.OfType<DirectoryNode>())
                _todo.Push((pair.Before?.Find(child.Name) as DirectoryNode, child, pair.Path / child.Name));
        }
    }

    private void WriteRow(DirectoryNode? before, DirectoryNode after, VirtualPath path)
    {
        if (before is not null && IsSameRow(before, after)) return;
        rows.Put(path, before, after);
        Written++;
    }

    private void DeleteGone(DirectoryNode before, DirectoryNode after, VirtualPath path)
    {
        foreach (var child in before.Children.OfType<DirectoryNode>())
        {
            if (after.Find(child.Name) is not DirectoryNode)
                Deleted += rows.Remove(path / child.Name, child);
        }
    }

    /// <summary>By reference, but for directories, of which only the name stands in the row.</summary>
    private static bool IsSameRow(DirectoryNode before, DirectoryNode after)
    {
        if (!before.SameEntry(after) || before.Children.Length != after.Children.Length) return false;
        for (var i = 0; i < before.Children.Length; i++)
        {
            var (left, right) = (before.Children[i], after.Children[i]);
            if (ReferenceEquals(left, right)) continue;
            if (left is not DirectoryNode || right is not DirectoryNode || left.Name != right.Name) return false;
        }

        return true;
    }
}
