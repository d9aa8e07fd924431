using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Units;
using VirtualView.State.Database;

namespace VirtualView.State.Trees;

/// <summary>A directory whose row was read while those of the directories in it are still to come.</summary>
internal sealed class PendingDirectory(VirtualPath path, byte[] key, UnixTime modifiedAt, bool isListed, SnapshotNode[] children)
{
    private int _next = -1;

    public VirtualPath Path { get; } = path;

    public byte[] Key { get; } = key;

    /// <summary>Moves on to the next entry that is a directory; null when there is none.</summary>
    public PathName? NextDirectory()
    {
        while (++_next < children.Length)
        {
            if (children[_next] is DirectoryNode directory) return directory.Name;
        }

        return null;
    }

    /// <summary>Puts the directory that was named last in its place.</summary>
    public void Fill(DirectoryNode built) => children[_next] = built;

    public DirectoryNode Build()
    {
        try
        {
            return isListed
                ? DirectoryNode.Listed(Path.Name, children, modifiedAt)
                : children.Aggregate(DirectoryNode.Unknown(Path.Name, modifiedAt), (directory, child) => directory.With(child));
        }
        catch (ArgumentException e)
        {
            throw new DamagedDatabaseException($"'{Path}': {e.Message}");
        }
    }
}
