using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VirtualView.State.Database;

/// <summary>
/// Columns that hold what their table declares, or are damage: in a damaged page a value may be NULL or a text
/// whatever the schema says, and the provider answers that with exceptions of its own or with a conversion.
/// </summary>
internal static class StrictColumns
{
    /// <exception cref="DamagedDatabaseException">The value is no integer.</exception>
    public static long Integer(this SqliteDataReader row, int column)
    {
        var statement = row.Handle!;
        return raw.sqlite3_column_type(statement, column) == raw.SQLITE_INTEGER
            ? raw.sqlite3_column_int64(statement, column)
            : throw new DamagedDatabaseException($"the column '{row.GetName(column)}' holds no integer");
    }
}
