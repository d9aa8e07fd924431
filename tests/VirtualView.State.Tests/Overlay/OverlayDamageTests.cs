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
    public async Task Damage_to_any_byte_of_the_log_is_told_and_costs_little()
    {
        var killed = await FillAndKillAsync();
        var log = Path.Combine(killed, "overlay.db-wal");
        var whole = await File.ReadAllBytesAsync(log, Cancel);
        var others = Directory.GetFiles(killed).Where(file => file != log).ToDictionary(file => file, File.ReadAllBytes);
        await Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte[1, 255]).SampleAsync(
            async flip =>
            {
                var damaged = whole.ToArray();
                damaged[flip.Item1] ^= flip.Item2;
                foreach (var file in Directory.GetFiles(killed)) File.Delete(file);
                foreach (var (file, bytes) in others) await File.WriteAllBytesAsync(file, bytes, Cancel);
                await File.WriteAllBytesAsync(log, damaged, Cancel);
                var image = await LoadOverlayAsync(killed);
                Assert.All(image.Entries, entry => Assert.Contains(image.Inodes, inode => inode.Id == entry.Directory));
                Assert.True(image.Inodes.Length == Files + 1 || image.Losses.Length > 0, "a loss was not told");

                // One page is damaged, and most of the others were written again after it.
                Assert.InRange(image.Inodes.Length, Files - 200, Files + 1);
                var again = await LoadOverlayAsync(killed);
                Assert.Equal(image.Inodes.Length, again.Inodes.Length);
            },
            iter: PropertyRuns.Of(60), threads: 1);
    }

    [Fact]
    public async Task A_damaged_page_of_the_log_that_was_written_again_costs_nothing()
    {
        var killed = await FillAndKillAsync();
        await using (var log = File.OpenWrite(Path.Combine(killed, "overlay.db-wal")))
        {
            // In the first commit, whose pages all later ones wrote again.
            log.Position = 32 + 24 + 1000;
            log.Write("damage"u8);
        }

        var image = await LoadOverlayAsync(killed);
        Assert.Equal(Files + 1, image.Inodes.Length);
        Assert.Equal(Files, image.Entries.Length);
        Assert.Contains("its log breaks off after 0 of", Assert.Single(image.Losses), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(killed, "overlay.db.damaged-*"), file => !file.EndsWith("-wal", StringComparison.Ordinal));
        Assert.Contains(Logs.Warnings, line => line.Contains("its log breaks off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_log_that_is_missing_or_short_is_told()
    {
        var killed = await FillAndKillAsync();
        using (var log = File.OpenHandle(Path.Combine(killed, "overlay.db-wal"), FileMode.Open, FileAccess.Write))
            RandomAccess.SetLength(log, RandomAccess.GetLength(log) / 2);
        Assert.Contains("its log breaks off", (await LoadOverlayAsync(killed)).Losses[0], StringComparison.Ordinal);
        var other = await FillAndKillAsync();
        File.Delete(Path.Combine(other, "overlay.db-wal"));
        Assert.Contains("its log breaks off after 0 of", (await LoadOverlayAsync(other)).Losses[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_loss_of_power_only_what_was_synced_is_missed()
    {
        await using var store = await OpenAsync();
        var journal = (await store.OpenOverlayAsync(Cancel)).Journal;
        await journal.LoadAsync(Cancel);
        Assert.Equal(FileSystemError.None, journal.Commit(OverlayJournalTests.Made(2)));
        Assert.Equal(FileSystemError.None, await journal.SyncAsync(Cancel));
        var synced = new FileInfo(Database + "-wal").Length;
        for (var id = 3UL; id < 400; id++) Assert.Equal(FileSystemError.None, journal.Commit(OverlayJournalTests.Made(id)));
        foreach (var (length, isTold) in new[] { (synced + 5000, false), (3000L, true) })
        {
            var cut = CopyAsKilled();
            var mark = Path.Combine(cut, "overlay.db-mark");
            await AfterAnotherStartOfTheMachineAsync(mark);
            using (var log = File.OpenHandle(Path.Combine(cut, "overlay.db-wal"), FileMode.Open, FileAccess.Write)) RandomAccess.SetLength(log, length);
            var image = await LoadOverlayAsync(cut);
            Assert.Equal(isTold, image.Losses.Length > 0);
        }
    }

    [Theory]
    [InlineData("UPDATE inode SET record = zeroblob(length(record)) WHERE id = 7", 3)] // the inode, and so its name and its attribute
    [InlineData("DELETE FROM inode WHERE id = 7", 2)]
    [InlineData("UPDATE inode SET id = 100000 WHERE id = 7", 3)]
    [InlineData("UPDATE entry SET target = 8 WHERE target = 7", 1)]
    [InlineData("UPDATE entry SET parent = 7 WHERE target = 8", 1)]
    [InlineData("UPDATE entry SET hidden = x'01' WHERE target = 7", 1)]
    [InlineData("UPDATE entry SET hidden = NULL WHERE target = 7", 1)]
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
        Execute("UPDATE schema_version SET version = 3460 WHERE version = 2");
        var image = await LoadOverlayAsync();
        Assert.Equal(Files + 1, image.Inodes.Length);
        Assert.Single(Folder.SetAside("damaged"));
    }

    [Fact]
    public async Task What_a_newer_release_wrote_is_refused_and_left_as_it_is()
    {
        await FillAsync();
        Execute("INSERT INTO schema_version VALUES (3, 'from the future', 0)");
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

    /// <summary>What a process leaves that is killed when all was committed.</summary>
    private async Task<string> FillAndKillAsync()
    {
        await using var store = await OpenAsync();
        var journal = (await store.OpenOverlayAsync(Cancel)).Journal;
        await journal.LoadAsync(Cancel);
        Fill(journal);
        var killed = CopyAsKilled();
        return killed;
    }

    /// <summary>The mark, as if the machine had been started since.</summary>
    private async Task AfterAnotherStartOfTheMachineAsync(string mark)
    {
        const int boot = 8, hash = 48;
        var bytes = await File.ReadAllBytesAsync(mark, Cancel);
        bytes[boot] ^= 1;
        BitConverter.GetBytes(System.IO.Hashing.XxHash3.HashToUInt64(bytes.AsSpan(0, hash))).CopyTo(bytes, hash);
        await File.WriteAllBytesAsync(mark, bytes, Cancel);
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
            changes.Entries.Add(new LocalEntry(LocalId.Root, PathName.Of($"file {id}"), new LocalId(id), HiddenEntry.Nothing));
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
