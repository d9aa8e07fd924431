using CsCheck;
using Microsoft.Data.Sqlite;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Testing;

namespace VirtualView.State.Tests.Overlay;

public sealed class OverlayJournalTests : OverlayTest
{
    [Fact]
    public Task What_was_committed_is_there_after_a_close_and_after_a_kill() => Gen.Int[0, int.MaxValue].SampleAsync(
        async seed =>
        {
            var random = new Random(seed);
            var model = new JournalModel(seed);
            var folder = Path.Combine(Folder.Path, $"journal-{Guid.NewGuid():n}");
            for (var life = 0; life < 4; life++)
            {
                await using var store = await OpenAsync(folder);
                var journal = (await store.OpenOverlayAsync(Cancel)).Journal;
                var image = await journal.LoadAsync(Cancel);
                Assert.Equal(model.Lines, JournalModel.LinesOf(image));
                Assert.Empty(image.Losses);
                if (life > 0) Assert.True(image.LastUsed.Value >= model.Greatest, "an id would be used again");
                model.BeginAfter(image.LastUsed);
                for (var commit = 0; commit < random.Next(60); commit++)
                {
                    var changes = model.Lines.Length == 0 ? model.First() : model.Next();
                    Assert.Equal(FileSystemError.None, journal.Commit(changes));
                    model.Apply(changes);
                }

                if (random.Next(2) == 0) Assert.Equal(FileSystemError.None, await journal.SyncAsync(Cancel));
                if (random.Next(2) == 0) continue;
                var killed = Path.Combine(Folder.Path, $"killed-{Guid.NewGuid():n}");
                Directory.CreateDirectory(killed);
                foreach (var file in Directory.GetFiles(folder, "overlay.db*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
                    File.Copy(file, Path.Combine(killed, Path.GetFileName(file)));
                folder = killed;
            }
        },
        iter: PropertyRuns.Of(40), threads: 1);

    [Fact]
    public async Task A_journal_that_did_not_record_what_entries_hide_is_carried_over_with_its_checksums()
    {
        var changes = Made(1, EntryKind.Directory);
        foreach (var id in (ulong[])[2, 3])
        {
            changes.Inodes.AddRange(Made(id).Inodes);
            changes.Entries.Add(new LocalEntry(LocalId.Root, PathName.Of($"file {id}"), new LocalId(id), HiddenEntry.NotRecorded));
        }

        changes.Entries.Add(new LocalEntry(LocalId.Root, PathName.Of("gone"), null, HiddenEntry.NotRecorded));
        await using (var store = await OpenAsync(Folder.State))
        {
            var overlay = await store.OpenOverlayAsync(Cancel);
            await overlay.Journal.LoadAsync(Cancel);
            Assert.Equal(FileSystemError.None, overlay.Journal.Commit(changes));
        }

        await using (var database = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            await database.OpenAsync(Cancel);
            await using var older = database.CreateCommand();
            older.CommandText = "ALTER TABLE entry DROP COLUMN hidden; DELETE FROM schema_version WHERE version > 1";
            await older.ExecuteNonQueryAsync(Cancel);
        }

        var image = await LoadOverlayAsync();
        Assert.Empty(image.Losses);
        Assert.Equal(["file 2", "file 3", "gone"], image.Entries.Select(entry => entry.Name.ToString()));
        Assert.All(image.Entries, entry => Assert.Equal(HiddenEntry.NotRecorded, entry.Hidden));
    }

    [Fact]
    public async Task An_id_is_never_used_again_though_the_newest_inodes_went_before_the_restart()
    {
        var greatest = 1UL;
        for (var life = 0; life < 5; life++)
        {
            await using var store = await OpenAsync();
            var journal = (await store.OpenOverlayAsync(Cancel)).Journal;
            var last = (await journal.LoadAsync(Cancel)).LastUsed.Value;
            Assert.True(last >= greatest);
            greatest = last + 1500;
            for (var id = last + 1; id <= greatest; id++)
            {
                Assert.Equal(FileSystemError.None, journal.Commit(Made(id)));
                Assert.Equal(FileSystemError.None, journal.Commit(Removed(id)));
            }
        }

        var image = await LoadOverlayAsync();
        Assert.True(image.LastUsed.Value >= greatest);
        Assert.Empty(image.Inodes);
    }

    [Fact]
    public async Task An_id_that_has_a_file_is_not_used_again_though_the_power_took_its_inode()
    {
        await using (var store = await OpenAsync())
        {
            var overlay = await store.OpenOverlayAsync(Cancel);
            _ = await overlay.Journal.LoadAsync(Cancel);
            Assert.Equal(FileSystemError.None, overlay.Journal.Commit(Made(2)));
            Assert.True(overlay.Files.Create(new LocalId(7)).IsOk);
        }

        Assert.True((await LoadOverlayAsync()).LastUsed.Value >= 7);
    }

    [Fact]
    public async Task What_was_removed_while_the_log_was_copied_and_begun_anew_is_gone_and_the_log_stays_bounded()
    {
        await using (var store = await OpenAsync())
        {
            var journal = (await store.OpenOverlayAsync(Cancel)).Journal;
            await journal.LoadAsync(Cancel);
            for (var id = 2UL; id < 20_000; id++)
            {
                Assert.Equal(FileSystemError.None, journal.Commit(Made(id)));
                if (id % 3 == 0) Assert.Equal(FileSystemError.None, journal.Commit(Removed(id)));
            }

            Assert.InRange(new FileInfo(Database + "-wal").Length, 1, 66 << 20);
        }

        var image = await LoadOverlayAsync();
        Assert.Empty(image.Losses);
        Assert.Equal(Enumerable.Range(2, 19_998).Where(id => id % 3 != 0).Select(id => (ulong)id), image.Inodes.Select(inode => inode.Id.Value));
    }

    [Fact]
    public async Task An_inode_that_contradicts_itself_is_refused_and_nothing_of_its_commit_is_kept()
    {
        await using var store = await OpenAsync();
        var journal = (await store.OpenOverlayAsync(Cancel)).Journal;
        await journal.LoadAsync(Cancel);
        var changes = Made(2);
        changes.Inodes.Add(changes.Inodes[0] with { Id = new LocalId(3), BaseDirectory = VirtualPath.Root });
        Assert.Throws<ArgumentException>(() => journal.Commit(changes));
        Assert.Equal(FileSystemError.None, journal.Commit(Made(4)));
        await store.DisposeAsync();
        Assert.Equal(4UL, Assert.Single((await LoadOverlayAsync()).Inodes).Id.Value);
    }

    internal static OverlayChanges Made(ulong id, EntryKind kind = EntryKind.File)
    {
        var changes = new OverlayChanges();
        changes.Inodes.Add(new LocalInodeRecord
        {
            Id = new LocalId(id),
            Kind = kind,
            Mode = 0x1A4,
            Uid = 1000,
            Gid = 1000,
            Links = 1,
            InodeNumber = id,
            AccessedAt = new(1),
            ModifiedAt = new(2),
            ChangedAt = new(3),
        });
        return changes;
    }

    internal static OverlayChanges Removed(ulong id)
    {
        var changes = new OverlayChanges();
        changes.RemovedInodes.Add(new LocalId(id));
        return changes;
    }
}
