using Microsoft.Data.Sqlite;
using SQLitePCL;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.State.Database;
using VirtualView.State.Trees;

namespace VirtualView.State.History;

/// <summary>The statements on the directories of all records, inside one transaction.</summary>
/// <param name="number">The record that is written.</param>
internal sealed class HistoryRows(StateDatabase database, SqliteTransaction transaction, long number) : ITreeRows
{
    private const string Columns = "number, form, modified, listed, entries";

    private readonly HistoryCodec _codec = new();
    private readonly SqliteCommand _put = database.Command(
        $"INSERT OR REPLACE INTO directory (path, {Columns}) VALUES ($path, $number, $form, $modified, $listed, $entries)", transaction);
    private readonly SqliteCommand _before = database.Command(
        $"SELECT {Columns} FROM directory WHERE path = $path AND number < $number ORDER BY number DESC LIMIT 1", transaction);
    private readonly SqliteCommand _delete = database.Command("DELETE FROM directory WHERE path = $path AND number = $number", transaction);

    public void Put(VirtualPath path, DirectoryNode? before, DirectoryNode after)
    {
        var key = DirectoryKey.Of(path);
        var (modified, isListed) = (after.ModifiedAt.Nanoseconds, after.IsListed);
        var whole = _codec.Whole(path, key, number, modified, isListed, after.Children.AsSpan());
        Put(key, number, RowForm.Whole, modified, isListed, whole);
        if (before is not null) Shrink(path, key, before, after);
    }

    public int Remove(VirtualPath path, DirectoryNode before)
    {
        PutGone(DirectoryKey.Of(path));
        return 1 + before.Children.OfType<DirectoryNode>().Sum(below => Remove(path / below.Name, below));
    }

    /// <summary>All that the newest record has.</summary>
    public int RemoveAll()
    {
        using var select = database.Command(
            "SELECT path FROM directory AS row WHERE form <> $gone AND NOT EXISTS (SELECT 1 FROM directory WHERE path = row.path AND number > row.number)", transaction);
        select.Parameters.AddWithValue("$gone", (int)RowForm.Gone);
        using var rows = select.ExecuteReader();
        var keys = new List<byte[]>();
        while (rows.Read()) keys.Add(rows.GetFieldValue<byte[]>(0));
        keys.ForEach(PutGone);
        return keys.Count;
    }

    /// <summary>The newest row of a directory below a number; null when there is none.</summary>
    public HistoryRow? Before(VirtualPath path, byte[] key, long below)
    {
        _before.Parameters.Clear();
        _before.Parameters.AddWithValue("$path", key);
        _before.Parameters.AddWithValue("$number", below);
        using var row = _before.ExecuteReader();
        return row.Read() ? Read(row, path, key) : null;
    }

    /// <summary>
    /// Takes a row away that no record sees. One that leads back from it leads back from the next instead.
    /// </summary>
    public void Delete(VirtualPath path, byte[] key, HistoryRow row)
    {
        if (Before(path, key, row.Number) is { Form: RowForm.Step } older)
        {
            if (row.Form == RowForm.Step)
                PutStep(path, key, older, older.Step!.After(row.Step!));
            else
                PutWhole(path, key, older, [.. older.Step!.From(row.Entries).OrderBy(node => node.Name)]);
        }

        Delete(key, row.Number);
    }

    public void Delete(byte[] key, long at)
    {
        _delete.Parameters.Clear();
        _delete.Parameters.AddWithValue("$path", key);
        _delete.Parameters.AddWithValue("$number", at);
        _delete.ExecuteNonQuery();
    }

    /// <summary>The current row of the reader, whose columns are those of this class from the first on.</summary>
    /// <exception cref="DamagedDatabaseException">The row is not what was written.</exception>
    public static HistoryRow Read(SqliteDataReader row, VirtualPath path, byte[] key) =>
        // Straight from SQLite's page, as for the current tree.
        HistoryCodec.Read(path, key, row.Integer(0), row.Integer(1), row.Integer(2), row.Integer(3) != 0, raw.sqlite3_column_blob(row.Handle!, 4));

    private void Shrink(VirtualPath path, byte[] key, DirectoryNode before, DirectoryNode after)
    {
        using var select = database.Command("SELECT number, form FROM directory WHERE path = $path AND number < $number ORDER BY number DESC LIMIT 1", transaction);
        select.Parameters.AddWithValue("$path", key);
        select.Parameters.AddWithValue("$number", number);
        using var newest = select.ExecuteReader();
        if (!newest.Read() || newest.Integer(1) != (int)RowForm.Whole) return;
        var step = BackStep.Between(before, after);
        if (step.Put.Length + step.Removed.Length > before.Children.Length / 2) return;
        var older = new HistoryRow(newest.Integer(0), RowForm.Step, before.ModifiedAt.Nanoseconds, before.IsListed, [], step);
        newest.Close();
        PutStep(path, key, older, step);
    }

    private void PutStep(VirtualPath path, byte[] key, HistoryRow at, BackStep step) =>
        Put(key, at.Number, RowForm.Step, at.Modified, at.IsListed, _codec.Step(path, key, at.Number, at.Modified, at.IsListed, step));

    private void PutWhole(VirtualPath path, byte[] key, HistoryRow at, SnapshotNode[] entries) =>
        Put(key, at.Number, RowForm.Whole, at.Modified, at.IsListed, _codec.Whole(path, key, at.Number, at.Modified, at.IsListed, entries));

    private void PutGone(byte[] key) => Put(key, number, RowForm.Gone, 0, false, _codec.Gone(key, number));

    private void Put(byte[] key, long at, RowForm form, long modified, bool isListed, byte[] entries)
    {
        _put.Parameters.Clear();
        _put.Parameters.AddWithValue("$path", key);
        _put.Parameters.AddWithValue("$number", at);
        _put.Parameters.AddWithValue("$form", (int)form);
        _put.Parameters.AddWithValue("$modified", modified);
        _put.Parameters.AddWithValue("$listed", isListed ? 1 : 0);
        _put.Parameters.AddWithValue("$entries", entries);
        _put.ExecuteNonQuery();
    }
}
