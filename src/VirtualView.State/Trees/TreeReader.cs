using Microsoft.Data.Sqlite;
using SQLitePCL;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Units;
using VirtualView.State.Database;

namespace VirtualView.State.Trees;

/// <summary>
/// Builds the tree in one scan: rows come in pre-order, so each row must be the next directory that the rows before it
/// named. A missing row, one too many, or one that fails its checksum is damage.
/// </summary>
internal sealed class TreeReader
{
    private readonly SqliteDataReader _rows;
    private readonly Stack<PendingDirectory> _open = new();
    private readonly CancellationToken _cancel;

    private TreeReader(SqliteDataReader rows, CancellationToken cancel) => (_rows, _cancel) = (rows, cancel);

    public int Directories { get; private set; }

    public static (DirectoryNode Root, int Directories) Read(StateDatabase database, SqliteTransaction transaction, CancellationToken cancel)
    {
        using var select = database.Command("SELECT path, modified, listed, entries FROM directory ORDER BY path", transaction);
        using var rows = select.ExecuteReader();
        var reader = new TreeReader(rows, cancel);
        var root = reader.ReadRoot();
        return (root, reader.Directories);
    }

    private DirectoryNode ReadRoot()
    {
        Open(VirtualPath.Root, []);
        while (true)
        {
            var top = _open.Peek();
            if (top.NextDirectory() is { } child)
            {
                _cancel.ThrowIfCancellationRequested();
                Open(top.Path / child, DirectoryKey.Below(top.Key, child));
                continue;
            }

            var built = top.Build();
            _open.Pop();
            if (!_open.TryPeek(out var parent))
                return _rows.Read() ? throw new DamagedDatabaseException("there are more directories than entries") : built;
            parent.Fill(built);
        }
    }

    /// <summary>Takes the next row, which must be the one of <paramref name="key"/>.</summary>
    private void Open(VirtualPath path, byte[] key)
    {
        if (!_rows.Read()) throw new DamagedDatabaseException($"the row of '{path}' is missing");

        // Straight from SQLite's page: the ADO.NET way would copy every row to the heap.
        var statement = _rows.Handle!;
        if (!raw.sqlite3_column_blob(statement, 0).SequenceEqual(key))
            throw new DamagedDatabaseException($"another row stands where that of '{path}' should");
        var (modified, listed) = (_rows.Integer(1), _rows.Integer(2) != 0);
        var children = EntriesReader.Read(path, key, modified, listed, raw.sqlite3_column_blob(statement, 3));
        _open.Push(new PendingDirectory(path, key, new UnixTime(modified), listed, children));
        Directories++;
    }
}
