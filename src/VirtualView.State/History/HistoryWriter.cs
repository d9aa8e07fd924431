using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;
using VirtualView.State.Database;
using VirtualView.State.Trees;

namespace VirtualView.State.History;

/// <summary>What changes the history, each call one transaction.</summary>
internal static class HistoryWriter
{
    /// <returns>How many directories were written.</returns>
    public static int Record(
        StateDatabase database, SnapshotRecord record, DirectoryNode root, Snapshot? previous, ImmutableArray<long> removed, CancellationToken cancel)
    {
        using var transaction = database.Connection.BeginTransaction();
        var records = new RecordTable(database, transaction);
        var rows = new HistoryRows(database, transaction, record.Number);
        if (records.Greatest() >= record.Number) throw new ArgumentException($"snapshot {record.Number} is not newer than all that are kept", nameof(record));
        // By number and time: after a restart there is no other way to know that the tree is the one that was written.
        var isNewest = previous is not null && records.Newest() is { } newest && newest.Number == previous.Number && newest.TakenAt == previous.TakenAt;
        var tree = new TreeWriter(rows, cancel);
        tree.Write(isNewest ? previous!.Root : null, root);
        records.Put(record);
        foreach (var number in removed)
            Remove(database, transaction, records, rows, number);
        transaction.Commit();
        return tree.Written;
    }

    public static void Remove(StateDatabase database, ImmutableArray<long> numbers)
    {
        using var transaction = database.Connection.BeginTransaction();
        var records = new RecordTable(database, transaction);
        var rows = new HistoryRows(database, transaction, 0);
        foreach (var number in numbers)
            Remove(database, transaction, records, rows, number);
        transaction.Commit();
    }

    public static void Name(StateDatabase database, SnapshotRecord record)
    {
        using var transaction = database.Connection.BeginTransaction();
        var records = new RecordTable(database, transaction);
        // One that is not there any more, as in a database that was begun anew, has no directories to be seen by it.
        if (records.Delete(record.Number)) records.Put(record);
        transaction.Commit();
    }

    /// <summary>
    /// Before this every row was seen by some record. So what no record sees after it lies between the records beside it, and
    /// ends where the next one, or one that is gone and lay before that, wrote the same path.
    /// </summary>
    private static void Remove(StateDatabase database, SqliteTransaction transaction, RecordTable records, HistoryRows rows, long number)
    {
        // The newest is what the next one is compared with.
        if (records.Neighbour(number, isBefore: false) is not { } next || !records.Delete(number)) return;
        var previous = records.Neighbour(number, isBefore: true) ?? long.MinValue;
        foreach (var (key, at, isGone) in WrittenBetween(database, transaction, number, next))
        {
            var path = DirectoryKey.PathOf(key);
            var ended = rows.Before(path, key, at);
            if (ended is not null && ended.Number > previous)
            {
                rows.Delete(path, key, ended);
                ended = rows.Before(path, key, at);
            }

            if (isGone && ended is null) rows.Delete(key, at);
        }
    }

    private static List<(byte[] Key, long Number, bool IsGone)> WrittenBetween(StateDatabase database, SqliteTransaction transaction, long after, long upTo)
    {
        using var select = database.Command("SELECT path, number, form FROM directory WHERE number > $after AND number <= $upTo", transaction);
        select.Parameters.AddWithValue("$after", after);
        select.Parameters.AddWithValue("$upTo", upTo);
        using var row = select.ExecuteReader();
        var written = new List<(byte[], long, bool)>();
        while (row.Read()) written.Add((row.GetFieldValue<byte[]>(0), row.Integer(1), row.Integer(2) == (int)RowForm.Gone));
        return written;
    }
}
