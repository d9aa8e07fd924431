using Microsoft.Data.Sqlite;
using VirtualView.Core.Crashes;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Units;
using VirtualView.State.Database;

namespace VirtualView.State.Trees;

/// <summary>The one snapshot in the database: its head and its tree, always of one transaction.</summary>
internal static class SnapshotTable
{
    /// <returns>Null and 0 when none was saved yet.</returns>
    /// <exception cref="DamagedDatabaseException">What is there is not what was saved.</exception>
    public static (Snapshot? Snapshot, int Directories) Load(StateDatabase database, CancellationToken cancel)
    {
        using var transaction = database.Connection.BeginTransaction(deferred: true);
        using var select = database.Command("SELECT number, taken_at, checksum FROM snapshot", transaction);
        using var head = select.ExecuteReader();
        if (!head.Read()) return (null, 0);
        var (number, takenAt) = (head.Integer(0), head.Integer(1));
        if (head.Integer(2) != RowChecksum.OfHead(number, takenAt))
            throw new DamagedDatabaseException("the head of the snapshot fails its checksum");
        var (root, directories) = TreeReader.Read(database, transaction, cancel);
        return (new Snapshot(number, new UnixTime(takenAt), root), directories);
    }

    /// <param name="before">The tree that is in the database, or null to write everything.</param>
    public static (int Written, int Deleted) Save(StateDatabase database, DirectoryNode? before, Snapshot next, CancellationToken cancel)
    {
        using var transaction = database.Connection.BeginTransaction();
        var tree = new TreeWriter(new DirectoryRows(database, transaction), cancel);
        tree.Write(before, next.Root);
        SaveHead(database, transaction, next);
        CrashPoint.Reached(CrashPoints.StateSaveUncommitted);
        transaction.Commit();
        CrashPoint.Reached(CrashPoints.StateSaveCommitted);
        return (tree.Written, tree.Deleted);
    }

    private static void SaveHead(StateDatabase database, SqliteTransaction transaction, Snapshot next)
    {
        using var save = database.Command("INSERT OR REPLACE INTO snapshot VALUES (1, $number, $at, $checksum)", transaction);
        save.Parameters.AddWithValue("$number", next.Number);
        save.Parameters.AddWithValue("$at", next.TakenAt.Nanoseconds);
        save.Parameters.AddWithValue("$checksum", RowChecksum.OfHead(next.Number, next.TakenAt.Nanoseconds));
        save.ExecuteNonQuery();
    }
}
