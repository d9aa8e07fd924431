using SQLitePCL;
using VirtualView.Core.Overlay;

namespace VirtualView.State.Overlay.Journal;

/// <summary>The rows of a query, as far as SQLite can read them.</summary>
internal sealed class JournalScan : IDisposable
{
    private readonly sqlite3_stmt? _statement;
    private int _result;

    public JournalScan(sqlite3 database, string sql, LocalId? argument = null)
    {
        _result = raw.sqlite3_prepare_v2(database, sql, out var statement);
        if (_result != raw.SQLITE_OK) return;
        _statement = statement;
        if (argument is { } id) raw.sqlite3_bind_int64(statement, 1, (long)id.Value);
    }

    public JournalRow Row => new(_statement!);

    /// <summary>True when the end was reached; false when SQLite could not go on.</summary>
    public bool IsWhole => _result == raw.SQLITE_DONE;

    public bool Next()
    {
        if (_statement is null) return false;
        _result = raw.sqlite3_step(_statement);
        return _result == raw.SQLITE_ROW;
    }

    public void Dispose() => _statement?.Dispose();
}
