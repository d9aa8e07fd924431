using VirtualView.Cache.Tests.Support;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Torture.Tests.Power;

namespace VirtualView.State.Tests.Overlay;

/// <summary>Disks that are full, and disks that lose what was not synced.</summary>
public sealed class OverlayDiskTests : OverlayTest
{
    [Theory]
    [Trait("Needs", "root")]
    [InlineData("tmpfs")]
    [InlineData("ext4")]
    public async Task A_commit_that_finds_the_disk_full_changes_nothing_and_later_ones_work(string kind)
    {
        await using var disk = await SmallDisk.MountOrSkipAsync(kind, 24);
        var folder = Path.Combine(disk.Folder, "state");
        var kept = new List<ulong>();
        await using (var store = await OpenAsync(folder))
        {
            var journal = (await store.OpenOverlayAsync(Cancel)).Journal;
            await journal.LoadAsync(Cancel);
            Assert.Equal(FileSystemError.None, journal.Commit(OverlayJournalTests.Made(2)));
            kept.Add(2);
            disk.Fill();
            var refused = 3UL;
            while (journal.Commit(Large(refused)) is var error)
            {
                if (error == FileSystemError.None) kept.Add(refused++);
                else
                {
                    Assert.Equal(FileSystemError.NoSpace, error);
                    break;
                }
            }

            Assert.Equal(FileSystemError.NoSpace, journal.Commit(Large(refused)));
            disk.Empty();
            Assert.Equal(FileSystemError.None, journal.Commit(Large(refused + 1)));
            kept.Add(refused + 1);
            Assert.Equal(FileSystemError.None, await journal.SyncAsync(Cancel));
        }

        var image = await LoadOverlayAsync(folder);
        Assert.Empty(image.Losses);
        Assert.Equal(kept, image.Inodes.Select(inode => inode.Id.Value));
        Assert.Equal(kept.Count - 1, image.Attributes.Length);
        Assert.DoesNotContain(Logs.Warnings, line => line.Contains("overlay", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Needs", "root")]
    public async Task Writing_to_a_full_disk_is_no_space_and_goes_on_when_there_is_room()
    {
        await using var disk = await SmallDisk.MountOrSkipAsync("tmpfs", 16);
        await using var store = await OpenAsync(Path.Combine(disk.Folder, "state"));
        var files = (await store.OpenOverlayAsync(Cancel)).Files;
        using var file = files.Create(new LocalId(5)).Value;
        disk.Fill();
        Assert.Equal(FileSystemError.NoSpace, file.Write(0, new byte[1 << 20]));
        Assert.Equal(FileSystemError.NoSpace, file.Reserve(0, 8 << 20, keepsSize: true));
        disk.Empty();
        Assert.Equal(FileSystemError.None, file.Write(0, new byte[1 << 20]));
        Assert.True(files.FreeBytes() > 0);
    }

    [Fact]
    [Trait("Needs", "root")]
    public async Task Where_holes_cannot_be_punched_zeros_are_written()
    {
        await using var disk = await SmallDisk.MountOrSkipAsync("bindfs", 0);
        await using var store = await OpenAsync(Path.Combine(disk.Folder, "state"));
        using var file = (await store.OpenOverlayAsync(Cancel)).Files.Create(new LocalId(5)).Value;
        Assert.Equal(FileSystemError.None, file.Write(0, Enumerable.Repeat((byte)7, 200_000).ToArray()));
        Assert.Equal(FileSystemError.None, file.PunchHole(1000, 500_000));
        var read = new byte[300_000];
        Assert.Equal(200_000, file.Read(0, read).Bytes);
        Assert.Equal(1000, read.AsSpan().IndexOf((byte)0));
        Assert.Equal(-1, read.AsSpan(1000).IndexOfAnyExcept((byte)0));
    }

    [Fact]
    [Trait("Needs", "root")]
    public async Task What_was_synced_survives_a_power_cut_and_what_was_not_need_not()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/dev/loop-control"), "needs root and loop devices");
        await using var disk = await LosingDisk.MakeAsync();
        var folder = Path.Combine(disk.Folder, "state");
        await using var store = await OpenAsync(folder);
        var (journal, files) = await store.OpenOverlayAsync(Cancel);
        await journal.LoadAsync(Cancel);
        Assert.Equal(FileSystemError.None, journal.Commit(OverlayJournalTests.Made(2)));
        using (var file = files.Create(new LocalId(2)).Value)
            Assert.Equal(FileSystemError.None, file.Write(0, "synced"u8));
        using (var file = files.Open(new LocalId(2)).Value)
            Assert.Equal(FileSystemError.None, await file.SyncAsync(dataOnly: true));
        Assert.Equal(FileSystemError.None, await journal.SyncAsync(Cancel));
        Assert.Equal(FileSystemError.None, journal.Commit(OverlayJournalTests.Made(3)));
        await using (var cut = await disk.CopyAsCutAsync())
        {
            await using var after = await OpenAsync(Path.Combine(cut.Folder, "state"));
            var overlay = await after.OpenOverlayAsync(Cancel);
            var image = await overlay.Journal.LoadAsync(Cancel);
            Assert.Equal(2UL, Assert.Single(image.Inodes).Id.Value);
            using var file = overlay.Files.Open(new LocalId(2)).Value;
            var read = new byte[10];
            Assert.Equal(6, file.Read(0, read).Bytes);
            Assert.Equal("synced"u8, read.AsSpan(0, 6));
        }

        Assert.Equal(FileSystemError.None, await journal.SyncAsync(Cancel));
        await using var later = await disk.CopyAsCutAsync();
        Assert.Equal(2, (await LoadOverlayAsync(Path.Combine(later.Folder, "state"))).Inodes.Length);
    }

    private static OverlayChanges Large(ulong id)
    {
        var changes = OverlayJournalTests.Made(id);
        changes.Attributes.Add(new LocalAttribute(new LocalId(id), [.. "user.large"u8], [.. new byte[60_000]]));
        return changes;
    }
}
