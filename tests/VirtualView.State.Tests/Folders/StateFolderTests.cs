using System.Diagnostics;
using VirtualView.State.Folders;
using VirtualView.State.Tests.Support;

namespace VirtualView.State.Tests.Folders;

public sealed class StateFolderTests : StateTest
{
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    [Fact]
    public async Task Nobody_else_can_enter_the_folder_or_read_its_files()
    {
        await using var store = await OpenAsync();
        await store.IdentifySourceAsync("Local /data", Cancel);
        await store.SaveSnapshotAsync(null, SampleTree.Of(2, 2), Cancel);
        Assert.Equal("rwx------", Mode(Folder.State));
        string[] files = [.. Directory.GetFiles(Folder.State).Select(file => Path.GetFileName(file)).Order()];
        Assert.Equal(["daemon.lock", "daemon.pid", "sources.json", "state.db", "state.db-shm", "state.db-wal"], files);
        Assert.All(files, file => Assert.Equal("rw-------", Mode(Path.Combine(Folder.State, file))));
        Assert.Empty(Logs.Warnings);
    }

    [Fact]
    public async Task A_folder_that_others_may_enter_is_reported_and_not_changed()
    {
        Directory.CreateDirectory(Folder.State);
        File.SetUnixFileMode(Folder.State, File.GetUnixFileMode(Folder.State) | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        await using var store = await OpenAsync();
        Assert.Contains("chmod 700", Assert.Single(Logs.Warnings), StringComparison.Ordinal);
        Assert.NotEqual(default, File.GetUnixFileMode(Folder.State) & Others);
    }

    [Fact]
    public async Task A_second_daemon_is_refused_with_the_process_id_of_the_first()
    {
        await using (await OpenAsync())
        {
            var refused = await Assert.ThrowsAsync<StateException>(async () => await OpenAsync());
            Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
            Assert.Contains(Folder.State, refused.Message, StringComparison.Ordinal);
        }

        await using var after = await OpenAsync();
    }

    [Fact]
    public async Task A_lock_of_another_process_holds_until_that_process_dies()
    {
        Directory.CreateDirectory(Folder.State);
        var lockFile = Path.Combine(Folder.State, "daemon.lock");
        await File.WriteAllTextAsync(Path.Combine(Folder.State, "daemon.pid"), "4242\n", Cancel);
        using var other = Process.Start(new ProcessStartInfo("flock", [lockFile, "sh", "-c", "echo locked; exec cat"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("locked", await other.StandardOutput.ReadLineAsync(Cancel));
        var refused = Assert.Throws<StateException>(() => StateFolderLock.Take(Folder.State));
        Assert.Contains("process 4242", refused.Message, StringComparison.Ordinal);

        other.StandardInput.Close();
        await other.WaitForExitAsync(Cancel);
        StateFolderLock.Take(Folder.State).Dispose();
    }

    [Fact]
    public void Who_asks_whether_a_folder_is_free_is_told_and_changes_nothing()
    {
        Assert.False(StateFolderLock.IsFree(Folder.State)); // there is none: nothing can be said
        Assert.False(Directory.Exists(Folder.State));
        using (StateFolderLock.Take(Folder.State))
        {
            Assert.False(StateFolderLock.IsFree(Folder.State));
            Assert.True(File.Exists(Path.Combine(Folder.State, "daemon.pid")));
        }

        Assert.True(StateFolderLock.IsFree(Folder.State));
        Assert.Equal(["daemon.lock"], Directory.GetFiles(Folder.State).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_one_clear_error()
    {
        var file = Path.Combine(Folder.Path, "file");
        await File.WriteAllTextAsync(file, "", Cancel);
        var inFile = Path.Combine(file, "state");
        var refused = await Assert.ThrowsAsync<StateException>(
            async () => await StateStore.OpenAsync(new() { Folder = inFile }, Clock, Logs, Cancel));
        Assert.Contains(inFile, refused.Message, StringComparison.Ordinal);
        Assert.Contains("View.StateDirectory", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_is_full_or_read_only_is_one_clear_error_and_loses_nothing()
    {
        Directory.CreateDirectory(Folder.State);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", Folder.State), "needs the right to mount a small disk");
        try
        {
            var small = SampleTree.Of(3, 3);
            await using (var store = await OpenAsync())
            {
                await store.SaveSnapshotAsync(null, small, Cancel);
                var full = await Assert.ThrowsAsync<StateException>(
                    async () => await store.SaveSnapshotAsync(small, SampleTree.Of(300, 300, number: 2), Cancel));
                Assert.Contains(Folder.Database, full.Message, StringComparison.Ordinal);
                Assert.Contains("room", full.Message, StringComparison.Ordinal);
                AssertSame(small, await store.LoadSnapshotAsync(Cancel));
            }

            AssertSame(small, await LoadAsync());
            Assert.True(Run("mount", "-o", "remount,ro", Folder.State));
            var readOnly = await Assert.ThrowsAsync<StateException>(async () => await OpenAsync());
            Assert.Contains("make it writable", readOnly.Message, StringComparison.Ordinal);
            Assert.Empty(Logs.Warnings);
        }
        finally
        {
            Run("umount", Folder.State);
        }
    }

    [Fact]
    public async Task A_store_that_was_closed_refuses_and_may_be_closed_again()
    {
        var store = await OpenAsync();
        await store.DisposeAsync();
        await store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.LoadSnapshotAsync(Cancel));
    }

    private static string Mode(string path)
    {
        var mode = (int)File.GetUnixFileMode(path);
        return string.Concat("rwxrwxrwx".Select((letter, at) => (mode >> (8 - at) & 1) == 1 ? letter : '-'));
    }

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
