using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;

namespace VirtualView.Mount.Tests.Writing;

/// <summary>The disk of the state folder fails: whoever wrote is told, and nothing is claimed that is not so.</summary>
[Trait("Needs", "fuse")]
[Trait("Needs", "root")]
public sealed class FailingDiskTests : IDisposable
{
    private readonly HostFolder _source = new();

    public void Dispose() => _source.Dispose();

    [Fact]
    public async Task A_sync_that_failed_is_told_and_no_later_one_claims_what_it_could_not_do()
    {
        await using var disk = await DiskHost.MountAsync();
        await using var view = await WrittenView.MountAsync(disk.Folder, _source);
        await PythonIn.RunAsync(view, """
            file = os.open("synced", os.O_CREAT | os.O_RDWR)
            os.write(file, b"before")
            os.fsync(file)
            """);
        await disk.SendAsync("sync-error Internal");
        await RefusedAsync(view, "os.write(file, b'after'); os.fdatasync(file)");
        await disk.SendAsync("sync-error None");
        await RefusedAsync(view, "os.fdatasync(file)");
        await RefusedAsync(view, "os.fsync(file)");

        // Of a file that was not synced meanwhile bytes alone are fine, as is one that is emptied.
        await PythonIn.RunAsync(view, """
            file = os.open("synced", os.O_RDWR | os.O_TRUNC)
            os.write(file, b"anew")
            os.fdatasync(file)
            """);
        await view.KillAsync();
        await view.StartAsync();
        await PythonIn.RunAsync(view, """
            file = os.open("synced", os.O_RDWR)
            assert os.read(file, 10) == b"anew"
            os.fsync(file)
            """);
        await view.StopAsync();
    }

    [Fact]
    public async Task A_sync_of_names_that_failed_is_told_by_every_later_one_until_the_next_start()
    {
        await using var disk = await DiskHost.MountAsync();
        await using var view = await WrittenView.MountAsync(disk.Folder, _source);
        const string makeAndSync = """
            os.mkdir(NAME)
            folder = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(folder)
                print("synced")
            except OSError as error:
                print(errno.errorcode[error.errno])
            """;
        Assert.Equal("synced\n", await PythonIn.RunAsync(view, makeAndSync.Replace("NAME", "'a'", StringComparison.Ordinal)));
        await disk.SendAsync("sync-error Internal");
        Assert.Equal("EIO\n", await PythonIn.RunAsync(view, makeAndSync.Replace("NAME", "'b'", StringComparison.Ordinal)));
        await disk.SendAsync("sync-error None");
        Assert.Equal("EIO\n", await PythonIn.RunAsync(view, makeAndSync.Replace("NAME", "'c'", StringComparison.Ordinal)));
        await view.KillAsync();
        await view.StartAsync();
        Assert.Equal("synced\n", await PythonIn.RunAsync(view, makeAndSync.Replace("NAME", "'d'", StringComparison.Ordinal)));
        Assert.Equal("['a', 'b', 'c', 'd']\n", await PythonIn.RunAsync(view, "print(sorted(os.listdir()))"));
        await view.StopAsync();
    }

    [Theory]
    [InlineData("Internal", "EIO")]
    [InlineData("QuotaExceeded", "EDQUOT")]
    public async Task What_the_disk_refuses_is_refused_with_its_reason_and_changes_nothing(string error, string errno)
    {
        await using var disk = await DiskHost.MountAsync();
        await using var view = await WrittenView.MountAsync(disk.Folder, _source);
        await PythonIn.RunAsync(view, "open('file', 'wb').write(b'before')");
        await disk.SendAsync($"write-error {error}");
        foreach (var call in (string[])["os.write(os.open('file', os.O_RDWR), b'after')", "os.mkdir('made')", "os.open('made', os.O_CREAT | os.O_EXCL)", "os.unlink('file')"])
            Assert.Equal($"{errno}\n", await PythonIn.RunAsync(view, $"try:\n    {call}\nexcept OSError as error:\n    print(errno.errorcode[error.errno])"));
        await disk.SendAsync("write-error None");
        Assert.Equal("['file'] b'before'\n", await PythonIn.RunAsync(view, "print(os.listdir(), open('file', 'rb').read())"));
        await PythonIn.RunAsync(view, "os.mkdir('made'); os.unlink('file')");
        await view.StopAsync();
    }

    private static async Task RefusedAsync(MountedView view, string calls) =>
        Assert.Equal("EIO\n", await PythonIn.RunAsync(view, $"""
            file = os.open("synced", os.O_RDWR)
            try:
                {calls}
            except OSError as error:
                print(errno.errorcode[error.errno])
            """));
}
