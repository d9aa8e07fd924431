using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using VirtualView.Core.Crashes;
using VirtualView.State.Folders;

namespace VirtualView.State.Database;

/// <summary>The one open connection, with its schema brought up to date. Not safe for several threads.</summary>
internal sealed class StateDatabase : IDisposable
{
    private StateDatabase(SqliteConnection connection) => Connection = connection;

    public SqliteConnection Connection { get; }

    /// <exception cref="SqliteException">The file is locked, damaged or refused.</exception>
    /// <exception cref="DamagedDatabaseException">A newer release wrote it.</exception>
    public static StateDatabase Open(string file, TimeSpan busyTimeout, TimeProvider clock, ImmutableArray<Migration> migrations)
    {
        CreateForOwner(file);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,

            // A pooled connection would keep the file open after it was set aside.
            Pooling = false,

            // SQLite itself waits for busy_timeout; after it the provider would begin to wait anew.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            var database = new StateDatabase(connection);
            database.Configure(busyTimeout);
            database.Migrate(clock, migrations);
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public SqliteCommand Command(string sql, SqliteTransaction? transaction = null) =>
        new(sql, Connection, transaction);

    public void Dispose() => Connection.Dispose();

    // SQLite gives the -wal and -shm files the mode of the database.
    private static void CreateForOwner(string file)
    {
        if (!File.Exists(file)) OwnerOnly.OpenFile(file, FileMode.OpenOrCreate, FileShare.ReadWrite).Dispose();
    }

    private void Configure(TimeSpan busyTimeout)
    {
        // journal_size_limit cuts the log back to 64 MiB after a save of everything.
        Run(string.Create(CultureInfo.InvariantCulture, $"""
            PRAGMA busy_timeout = {(int)busyTimeout.TotalMilliseconds};
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA journal_size_limit = 67108864;
            CREATE TABLE IF NOT EXISTS schema_version (
                version    INTEGER PRIMARY KEY,
                name       TEXT NOT NULL,
                applied_at INTEGER NOT NULL) STRICT;
            """));
    }

    private void Migrate(TimeProvider clock, ImmutableArray<Migration> migrations)
    {
        var at = SchemaVersion();
        if (at > migrations[^1].Version)
            throw new DamagedDatabaseException($"its schema is {at}, this release knows up to {migrations[^1].Version}", "newer-schema");
        foreach (var step in migrations.Where(step => step.Version > at))
        {
            using var transaction = Connection.BeginTransaction();
            using var apply = Command(step.Sql, transaction);
            apply.ExecuteNonQuery();
            using var record = Command("INSERT INTO schema_version VALUES ($version, $name, $at)", transaction);
            record.Parameters.AddWithValue("$version", step.Version);
            record.Parameters.AddWithValue("$name", step.Name);
            record.Parameters.AddWithValue("$at", clock.GetUtcNow().ToUnixTimeSeconds());
            record.ExecuteNonQuery();
            CrashPoint.Reached(CrashPoints.StateMigrationApplied);
            transaction.Commit();
        }
    }

    /// <summary>Each step left its row: where one is missing, the number is damage and no newer release's.</summary>
    private long SchemaVersion()
    {
        using var command = Command("SELECT coalesce(max(version), 0) AS version, count(*) AS steps FROM schema_version");
        using var row = command.ExecuteReader();
        if (!row.Read() || row.Integer(0) is var version && row.Integer(1) != version) throw new DamagedDatabaseException("the steps of its schema have a gap");
        return version;
    }

    private void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }
}
