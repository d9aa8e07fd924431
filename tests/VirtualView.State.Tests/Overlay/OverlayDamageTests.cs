using CsCheck;
using Microsoft.Data.Sqlite;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Testing;

namespace VirtualView.State.Tests.Overlay;

public sealed class OverlayDamageTests : OverlayTest
{
    private const int Files = 400;

    [Fact]
    public async Task Damage_to_any_byte_of_the_database_costs_little_is_told_and_never_throws()
    {
        await FillAsync();
        var whole = await File.ReadAllBytesAsync(Database, Cancel);
        await Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte[1, 255]).SampleAsync(
            async flip =>
            {
                var damaged = whole.ToArray();
                damaged[flip.Item1] ^= flip.Item2;
                await RestoreAsync(damaged);
                var image = await LoadOverlayAsync();
                Assert.True(image.Inodes.Length == Files + 1 || image.Losses.Length > 0, "a loss was not told");

                // A page holds some hundred entries or some fifty inodes, and an inode costs its name.
                Assert.InRange(image.Inodes.Length, Files - 200, Files + 1);
                Assert.True(image.LastUsed.Value >= Files + 1);
                var again = await LoadOverlayAsync();
                Assert.Equal(image.Inodes.Length, again.Inodes.Length);
            },
            iter: PropertyRuns.Of(150), threads: 1);
    }

    /// <summary>Each table's text and beginning stand in the first page: one byte may take one table, and leave the others.</summary>
    [Theory]
    [MemberData(nameof(SchemaBytes))]
    public async Task Damage_to_the_schema_costs_nothing(int at)
    {
        await FillAsync();
        var damaged = await File.ReadAllBytesAsync(Database, Cancel);
        damaged[at] ^= 186;
        await RestoreAsync(damaged);
        Assert.Equal(Files + 1, (await LoadOverlayAsync()).Inodes.Length);
    }

    public static TheoryData<int> SchemaBytes() => [.. Enumerable.Range(0, 40).Select(step => 4095 - 17 * step), 3891];

    [Fact]
    public async Task A_first_page_of_garbage_costs_nothing_but_the_name_of_the_file()
    {
        await FillAsync();
        await using (var file = File.OpenWrite(Database)) file.Write(new byte[4096]);
        var image = await LoadOverlayAsync();
        Assert.Equal(Files + 1, image.Inodes.Length);
        Assert.Equal(Files, image.Entries.Length);
        Assert.Contains("carried over", Assert.Single(image.Losses), StringComparison.Ordinal);
        Assert.Single(Folder.SetAside("damaged"));
    }

    [Fact]
    public async Task Damage_to_any_byte_of_the_log_never_throws()
    {
        await using var store = await OpenAsync();
        var journal = (await store.OpenOverlayAsync(Cancel)).Journal;
        await journal.LoadAsync(Cancel);
        Fill(journal);
        var killed = CopyAsKilled();
        var log = Path.Combine(killed, "overlay.db-wal");
        var whole = await File.ReadAllBytesAsync(log, Cancel);
        var database = await File.ReadAllBytesAsync(Path.Combine(killed, "overlay.db"), Cancel);
        await Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte[1, 255]).SampleAsync(
            async flip =>
            {
                var damaged = whole.ToArray();
                damaged[flip.Item1] ^= flip.Item2;
                await File.WriteAllBytesAsync(Path.Combine(killed, "overlay.db"), database, Cancel);
                await File.WriteAllBytesAsync(log, damaged, Cancel);
                var image = await LoadOverlayAsync(killed);
                Assert.All(image.Entries, entry => Assert.Contains(image.Inodes, inode => inode.Id == entry.Directory));
            },
            iter: PropertyRuns.Of(60), threads: 1);
    }

    [Theory]
    [InlineData("UPDATE inode SET record = zeroblob(length(record)) WHERE id = 7", 3)] // the inode, and so its name and its attribute
    [InlineData("DELETE FROM inode WHERE id = 7", 2)]
    [InlineData("UPDATE inode SET id = 100000 WHERE id = 7", 3)]
    [InlineData("UPDATE entry SET target = 8 WHERE target = 7", 1)]
    [InlineData("UPDATE entry SET parent = 7 WHERE target = 8", 1)]
    [InlineData("UPDATE attribute SET value = x'00' WHERE inode = 7", 1)]
    [InlineData("UPDATE used SET greatest = 3", 1)]
    public async Task A_row_that_is_not_what_was_written_is_left_out_alone_and_told(string damage, int losses)
    {
        await FillAsync();
        Execute(damage);
        var image = await LoadOverlayAsync();
        Assert.Equal(losses, image.Losses.Length);
        Assert.InRange(image.Inodes.Length, Files, Files + 1);
        Assert.InRange(image.Entries.Length, Files - 1, Files);
        Assert.True(image.LastUsed.Value >= Files + 1);
        Assert.Empty(Folder.SetAside("damaged"));
    }

    [Fact]
    public async Task A_schema_number_that_no_release_can_have_written_is_damage()
    {
        await FillAsync();
        Execute("UPDATE schema_version SET version = 3460");
        var image = await LoadOverlayAsync();
        Assert.Equal(Files + 1, image.Inodes.Length);
        Assert.Single(Folder.SetAside("damaged"));
    }

    [Fact]
    public async Task What_a_newer_release_wrote_is_refused_and_left_as_it_is()
    {
        await FillAsync();
        Execute("INSERT INTO schema_version VALUES (2, 'from the future', 0)");
        var refused = await Assert.ThrowsAsync<StateException>(async () => await LoadOverlayAsync());
        Assert.Contains("install the release", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["overlay.db"], Directory.GetFiles(Folder.State, "overlay.db*").Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_lost_database_does_not_give_the_ids_of_files_again()
    {
        await using (var store = await OpenAsync())
        {
            var overlay = await store.OpenOverlayAsync(Cancel);
            await overlay.Journal.LoadAsync(Cancel);
            overlay.Files.Create(new LocalId(77)).Value.Dispose();
            overlay.Files.Create(new LocalId(78)).Value.Dispose();
            Assert.Equal(FileSystemError.None, overlay.Files.SetAside(new LocalId(78)));
        }

        File.Delete(Database);
        Assert.True((await LoadOverlayAsync()).LastUsed.Value >= 78);
    }

    private async Task FillAsync()
    {
        await using var store = await OpenAsync();
        var journal = (await store.OpenOverlayAsync(Cancel)).Journal;
        await journal.LoadAsync(Cancel);
        Fill(journal);
    }

    private static void Fill(IOverlayJournal journal)
    {
        Assert.Equal(FileSystemError.None, journal.Commit(OverlayJournalTests.Made(1, EntryKind.Directory)));
        for (var id = 2UL; id < Files + 2; id++)
        {
            var changes = OverlayJournalTests.Made(id);
            changes.Entries.Add(new LocalEntry(LocalId.Root, PathName.Of($"file {id}"), new LocalId(id)));
            if (id % 5 == 2) changes.Attributes.Add(new LocalAttribute(new LocalId(id), [.. "user.x"u8], [1, 2, 3]));
            Assert.Equal(FileSystemError.None, journal.Commit(changes));
        }

        Assert.Equal(FileSystemError.None, journal.Commit(OverlayJournalTests.Made(500)));
        Assert.Equal(FileSystemError.None, journal.Commit(OverlayJournalTests.Removed(500)));
    }

    private async Task RestoreAsync(byte[] content)
    {
        foreach (var file in Directory.GetFiles(Folder.State, "overlay.db*")) File.Delete(file);
        await File.WriteAllBytesAsync(Database, content, Cancel);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
