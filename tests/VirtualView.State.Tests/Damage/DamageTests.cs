using CsCheck;
using Microsoft.Data.Sqlite;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Tests.Generators;
using VirtualView.State.Tests.Support;
using VirtualView.Testing;

namespace VirtualView.State.Tests.Damage;

public sealed class DamageTests : StateTest
{
    private readonly Snapshot _tree = SampleTree.Of(30, 30);

    [Fact]
    public async Task Garbage_is_set_aside_with_one_warning_and_a_new_database_begun()
    {
        Directory.CreateDirectory(Folder.State, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(Folder.Database, string.Concat(Enumerable.Repeat("not a database ", 1000)), Cancel);
        await AssertBegunAnewAsync();
        Assert.EndsWith("state.db.damaged-20260102T030405Z", Folder.SetAside("damaged").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_cut_short_anywhere_gives_all_or_nothing()
    {
        await SaveAsync(_tree);
        var whole = await File.ReadAllBytesAsync(Folder.Database, Cancel);
        await Gen.Int[1, whole.Length - 1].SampleAsync(
            async length =>
            {
                await File.WriteAllBytesAsync(Folder.Database, whole[..length], Cancel);
                await AssertAllOrNothingAsync();
            },
            iter: PropertyRuns.Of(60), threads: 1);
        Assert.NotEmpty(Folder.SetAside("damaged"));
    }

    [Fact]
    public async Task A_database_with_changed_bytes_gives_all_or_nothing()
    {
        await SaveAsync(_tree);
        var whole = await File.ReadAllBytesAsync(Folder.Database, Cancel);
        await Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte[1, 255]).Array[1, 3].SampleAsync(
            async flips =>
            {
                var damaged = whole.ToArray();
                foreach (var (at, bits) in flips)
                    damaged[at] ^= bits;
                await File.WriteAllBytesAsync(Folder.Database, damaged, Cancel);
                await AssertAllOrNothingAsync();
            },
            iter: PropertyRuns.Of(150), threads: 1);
        Assert.NotEmpty(Folder.SetAside("damaged"));
    }

    [Theory]
    [InlineData("UPDATE directory SET entries = zeroblob(length(entries)) WHERE length(path) = 3")]
    [InlineData("UPDATE directory SET entries = substr(entries, 1, 4) WHERE length(path) = 3")]
    [InlineData("UPDATE directory SET modified = modified + 1 WHERE length(path) = 3")]
    [InlineData("UPDATE directory SET listed = 0 WHERE length(path) = 3")]
    [InlineData("UPDATE directory SET path = CAST('exq' AS BLOB) WHERE length(path) = 3")]
    [InlineData("DELETE FROM directory WHERE length(path) = 3")]
    [InlineData("DELETE FROM directory WHERE path = (SELECT max(path) FROM directory)")]
    [InlineData("DELETE FROM directory")]
    [InlineData("INSERT INTO directory SELECT CAST(path || x'00' AS BLOB), modified, listed, entries FROM directory")]
    [InlineData("UPDATE snapshot SET number = number + 1")]
    [InlineData("DROP TABLE directory")]
    [InlineData("DROP TABLE schema_version; CREATE TABLE schema_version (version, name, applied_at); INSERT INTO schema_version VALUES ('text', '', 0)")]
    [InlineData("ALTER TABLE directory RENAME COLUMN entries TO other")]
    public async Task Rows_that_are_not_what_was_saved_are_not_believed(string damage)
    {
        await SaveAsync(_tree);
        Execute(damage);
        await AssertBegunAnewAsync();
        Assert.Single(Folder.SetAside("damaged"));
    }

    // What a page cut short or overwritten may hold although the schema forbids it.
    [Theory]
    [InlineData("directory", "modified INTEGER NOT NULL", "modified INTEGER", "UPDATE directory SET modified = NULL")]
    [InlineData("directory", "listed   INTEGER NOT NULL", "listed", "UPDATE directory SET listed = 'text'")]
    [InlineData("directory", "entries  BLOB NOT NULL", "entries", "UPDATE directory SET entries = NULL")]
    [InlineData("directory", "path     BLOB PRIMARY KEY NOT NULL", "path BLOB PRIMARY KEY", "UPDATE directory SET path = NULL WHERE length(path) = 3")]
    [InlineData("snapshot", "number   INTEGER NOT NULL", "number", "UPDATE snapshot SET number = NULL")]
    [InlineData("snapshot", "checksum INTEGER NOT NULL", "checksum", "UPDATE snapshot SET checksum = 'text'")]
    public async Task A_value_of_another_type_than_its_column_is_not_believed(string table, string declared, string loose, string damage)
    {
        await SaveAsync(_tree);
        Execute($"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(replace(sql, '{declared}', '{loose}'), 'STRICT', '') WHERE name = '{table}'");
        Execute(damage);
        await AssertBegunAnewAsync();
    }

    [Fact]
    public async Task Two_rows_that_changed_places_are_not_believed()
    {
        await SaveAsync(_tree);
        Execute("""
            UPDATE directory SET entries = (SELECT entries FROM directory WHERE hex(path) = '65787000643030303032')
            WHERE hex(path) = '65787000643030303031'
            """);
        await AssertBegunAnewAsync();
    }

    [Fact]
    public async Task What_a_newer_release_wrote_is_set_aside_under_that_name()
    {
        await SaveAsync(_tree);
        Execute("INSERT INTO schema_version VALUES (2, 'from the future', 0)");
        await AssertBegunAnewAsync();
        Assert.Single(Folder.SetAside("newer-schema"));
    }

    [Fact]
    public async Task Damage_that_a_save_meets_is_set_aside_and_everything_written_anew()
    {
        await using var store = await OpenAsync();
        await store.SaveSnapshotAsync(null, _tree, Cancel);
        Execute("DROP TABLE directory");
        var next = _tree.Without(SampleTree.Path(3), default);
        await store.SaveSnapshotAsync(_tree, next, Cancel);
        AssertSame(next, await store.LoadSnapshotAsync(Cancel));
        Assert.Single(Logs.Warnings);
    }

    [Fact]
    public async Task Damage_never_costs_the_identities_of_the_sources()
    {
        await using (var store = await OpenAsync())
            await store.IdentifySourceAsync("Http http://a/", Cancel);
        var before = await File.ReadAllTextAsync(Path.Combine(Folder.State, "sources.json"), Cancel);
        await File.WriteAllTextAsync(Folder.Database, "garbage that is long enough to be read as a header of SQLite", Cancel);
        await AssertBegunAnewAsync();
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(Folder.State, "sources.json"), Cancel));
    }

    [Fact]
    public async Task A_locked_database_is_left_alone_and_used_once_it_is_free()
    {
        await SaveAsync(_tree);
        await using var store = await OpenAsync();
        await using (var other = Connect())
        {
            Execute(other, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE snapshot SET id = 1");
            Assert.Null(await store.LoadSnapshotAsync(Cancel));
            Assert.Contains("locked by another process", Assert.Single(Logs.Warnings), StringComparison.Ordinal);
            var refused = await Assert.ThrowsAsync<StateException>(async () => await store.SaveSnapshotAsync(null, _tree, Cancel));
            Assert.Contains(Folder.Database, refused.Message, StringComparison.Ordinal);
            Assert.Contains("locked", refused.Message, StringComparison.Ordinal);
            Execute(other, "ROLLBACK");
        }

        AssertSame(_tree, await store.LoadSnapshotAsync(Cancel));
        Assert.Empty(Folder.SetAside("damaged"));
    }

    private async Task AssertBegunAnewAsync()
    {
        await using (var store = await OpenAsync())
        {
            Assert.Null(await store.LoadSnapshotAsync(Cancel));
            Assert.Null(await store.LoadSnapshotAsync(Cancel));
            Assert.Contains(Folder.Database, Assert.Single(Logs.Warnings), StringComparison.Ordinal);
            await store.SaveSnapshotAsync(null, _tree, Cancel);
        }

        AssertSame(_tree, await LoadAsync());
    }

    private async Task AssertAllOrNothingAsync()
    {
        await using var store = await OpenAsync();
        var loaded = await store.LoadSnapshotAsync(Cancel);
        if (loaded is not null) Assert.Null(TreeComparison.Difference(_tree, loaded));
        await store.SaveSnapshotAsync(loaded, _tree, Cancel);
        AssertSame(_tree, await store.LoadSnapshotAsync(Cancel));
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Folder.Database};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using var connection = Connect();
        Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
