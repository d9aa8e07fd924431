using Microsoft.Data.Sqlite;
using VirtualView.State.Database;

namespace VirtualView.State.Trees;

/// <summary>The statements on the table <c>directory</c>, inside one transaction.</summary>
internal sealed class DirectoryRows(StateDatabase database, SqliteTransaction transaction)
{
    private readonly SqliteCommand _put = database.Command(
        "INSERT OR REPLACE INTO directory (path, modified, listed, entries) VALUES ($path, $modified, $listed, $entries)", transaction);

    public void Put(byte[] key, long modified, bool listed, byte[] entries)
    {
        if (_put.Parameters.Count == 0)
        {
            _put.Parameters.Add("$path", SqliteType.Blob);
            _put.Parameters.Add("$modified", SqliteType.Integer);
            _put.Parameters.Add("$listed", SqliteType.Integer);
            _put.Parameters.Add("$entries", SqliteType.Blob);
        }

        _put.Parameters[0].Value = key;
        _put.Parameters[1].Value = modified;
        _put.Parameters[2].Value = listed ? 1 : 0;
        _put.Parameters[3].Value = entries;
        _put.ExecuteNonQuery();
    }

    public int DeleteTree(byte[] key)
    {
        using var delete = database.Command("DELETE FROM directory WHERE path >= $from AND path < $end", transaction);
        delete.Parameters.AddWithValue("$from", key);
        delete.Parameters.AddWithValue("$end", DirectoryKey.End(key));
        return delete.ExecuteNonQuery();
    }

    public int DeleteAll()
    {
        using var delete = database.Command("DELETE FROM directory", transaction);
        return delete.ExecuteNonQuery();
    }
}
