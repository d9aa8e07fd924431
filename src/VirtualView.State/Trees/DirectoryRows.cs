using Microsoft.Data.Sqlite;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.State.Database;

namespace VirtualView.State.Trees;

/// <summary>The statements on the table <c>directory</c> of the current tree, inside one transaction.</summary>
internal sealed class DirectoryRows : ITreeRows
{
    private readonly StateDatabase _database;
    private readonly SqliteTransaction _transaction;
    private readonly SqliteCommand _put;
    private readonly ByteWriter _bytes = new();
    private readonly EntriesWriter _entries;

    public DirectoryRows(StateDatabase database, SqliteTransaction transaction)
    {
        (_database, _transaction) = (database, transaction);
        _entries = new EntriesWriter(_bytes);
        _put = database.Command(
            "INSERT OR REPLACE INTO directory (path, modified, listed, entries) VALUES ($path, $modified, $listed, $entries)", transaction);
        _put.Parameters.Add("$path", SqliteType.Blob);
        _put.Parameters.Add("$modified", SqliteType.Integer);
        _put.Parameters.Add("$listed", SqliteType.Integer);
        _put.Parameters.Add("$entries", SqliteType.Blob);
    }

    public void Put(VirtualPath path, DirectoryNode? before, DirectoryNode after)
    {
        var key = DirectoryKey.Of(path);
        _bytes.Reset();
        _entries.Append(path, after.Children.AsSpan());
        _bytes.Hash(RowChecksum.Of(key, after.ModifiedAt.Nanoseconds, after.IsListed, _bytes.Written));
        _put.Parameters[0].Value = key;
        _put.Parameters[1].Value = after.ModifiedAt.Nanoseconds;
        _put.Parameters[2].Value = after.IsListed ? 1 : 0;
        _put.Parameters[3].Value = _bytes.Written.ToArray();
        _put.ExecuteNonQuery();
    }

    public int Remove(VirtualPath path, DirectoryNode before)
    {
        var key = DirectoryKey.Of(path);
        using var delete = _database.Command("DELETE FROM directory WHERE path >= $from AND path < $end", _transaction);
        delete.Parameters.AddWithValue("$from", key);
        delete.Parameters.AddWithValue("$end", DirectoryKey.End(key));
        return delete.ExecuteNonQuery();
    }

    public int RemoveAll()
    {
        using var delete = _database.Command("DELETE FROM directory", _transaction);
        return delete.ExecuteNonQuery();
    }
}
