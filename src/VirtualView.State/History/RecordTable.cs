using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using Microsoft.Data.Sqlite;
using VirtualView.Core.Paths;
using VirtualView.Core.State;
using VirtualView.Core.Units;
using VirtualView.State.Database;

namespace VirtualView.State.History;

/// <summary>The statements on the list of records, inside one transaction.</summary>
internal sealed class RecordTable(StateDatabase database, SqliteTransaction? transaction)
{
    /// <returns>The whole ones, sorted, and the numbers of those that fail their checksum.</returns>
    public (ImmutableArray<SnapshotRecord> Whole, ImmutableArray<long> Damaged) Load()
    {
        using var select = database.Command("SELECT number, first, taken_at, name, checksum FROM snapshot ORDER BY number", transaction);
        using var row = select.ExecuteReader();
        var whole = ImmutableArray.CreateBuilder<SnapshotRecord>();
        var damaged = ImmutableArray.CreateBuilder<long>();
        while (row.Read())
        {
            if (ReadRecord(row) is { } record) whole.Add(record);
            else damaged.Add(row.Integer(0));
        }

        return (whole.ToImmutable(), damaged.ToImmutable());
    }

    /// <summary>The newest; null when there is none, or it is damaged.</summary>
    public SnapshotRecord? Newest()
    {
        using var select = database.Command("SELECT number, first, taken_at, name, checksum FROM snapshot ORDER BY number DESC LIMIT 1", transaction);
        using var row = select.ExecuteReader();
        return row.Read() ? ReadRecord(row) : null;
    }

    /// <summary>The greatest number that anything here bears.</summary>
    public long Greatest()
    {
        using var select = database.Command(
            "SELECT max(coalesce((SELECT max(number) FROM snapshot), 0), coalesce((SELECT max(number) FROM directory), 0)) AS greatest", transaction);
        using var row = select.ExecuteReader();
        return row.Read() ? row.Integer(0) : 0;
    }

    /// <summary>The record next to a number, before or after it; null when there is none.</summary>
    public long? Neighbour(long number, bool isBefore)
    {
        using var select = database.Command(
            isBefore
                ? "SELECT max(number) AS number FROM snapshot WHERE number < $number"
                : "SELECT min(number) AS number FROM snapshot WHERE number > $number",
            transaction);
        select.Parameters.AddWithValue("$number", number);
        using var row = select.ExecuteReader();
        return row.Read() && !row.IsDBNull(0) ? row.Integer(0) : null;
    }

    public void Put(SnapshotRecord record)
    {
        using var put = database.Command("INSERT OR REPLACE INTO snapshot VALUES ($number, $first, $at, $name, $checksum)", transaction);
        put.Parameters.AddWithValue("$number", record.Number);
        put.Parameters.AddWithValue("$first", record.First);
        put.Parameters.AddWithValue("$at", record.TakenAt.Nanoseconds);
        put.Parameters.AddWithValue("$name", record.Name is { } name ? name.Bytes.ToArray() : DBNull.Value);
        put.Parameters.AddWithValue("$checksum", Checksum(record));
        put.ExecuteNonQuery();
    }

    public bool Delete(long number)
    {
        using var delete = database.Command("DELETE FROM snapshot WHERE number = $number", transaction);
        delete.Parameters.AddWithValue("$number", number);
        return delete.ExecuteNonQuery() > 0;
    }

    private static SnapshotRecord? ReadRecord(SqliteDataReader row)
    {
        PathName? name = null;
        if (!row.IsDBNull(3))
        {
            if (row.GetValue(3) is not byte[] bytes || !PathName.TryCreate(bytes, out var given)) return null;
            name = given;
        }

        var record = new SnapshotRecord(row.Integer(0), row.Integer(1), new UnixTime(row.Integer(2)), name);
        return row.Integer(4) == Checksum(record) ? record : null;
    }

    private static long Checksum(SnapshotRecord record)
    {
        var name = record.Name is { } given ? Convert.ToHexString(given.Bytes) : "";
        return (long)XxHash3.HashToUInt64(Encoding.ASCII.GetBytes($"{record.Number} {record.First} {record.TakenAt.Nanoseconds} {name}"));
    }
}
