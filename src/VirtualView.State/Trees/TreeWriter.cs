using Microsoft.Data.Sqlite;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.State.Database;

namespace VirtualView.State.Trees;

/// <summary>
/// Writes what differs between two trees, inside the caller's transaction. Directories that both share are not
/// entered, so the work follows the change.
/// </summary>
internal sealed class TreeWriter(StateDatabase database, SqliteTransaction transaction, CancellationToken cancel)
{
    private readonly EntriesWriter _entries = new();
    private readonly DirectoryRows _rows = new(database, transaction);
    private readonly Stack<(DirectoryNode? Before, DirectoryNode After, VirtualPath Path)> _todo = new();

    public int Written { get; private set; }

    public int Deleted { get; private set; }

    /// <param name="before">What is in the database now; null: whatever it is, it goes.</param>
    public void Write(DirectoryNode? before, DirectoryNode after)
    {
        if (before is null) Deleted += _rows.DeleteAll();
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
        var key = DirectoryKey.Of(path);
        _rows.Put(key, after.ModifiedAt.Nanoseconds, after.IsListed, _entries.Write(path, key, after));
        Written++;
    }

    private void DeleteGone(DirectoryNode before, DirectoryNode after, VirtualPath path)
    {
        foreach (var child in before.Children.OfType<DirectoryNode>())
        {
            if (after.Find(child.Name) is not DirectoryNode)
                Deleted += _rows.DeleteTree(DirectoryKey.Of(path / child.Name));
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
