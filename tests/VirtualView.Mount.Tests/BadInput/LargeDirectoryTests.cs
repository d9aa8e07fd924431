using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.BadInput;

[Trait("Needs", "fuse")]
public sealed class LargeDirectoryTests : IDisposable
{
    // In memory: a disk may take a minute to make so many files.
    private readonly string _folder = Directory.CreateDirectory($"/dev/shm/virtualview-{Guid.NewGuid():N}").FullName;

    [Fact]
    public async Task A_hundred_thousand_entries_are_each_listed_once()
    {
        (await Command.RunAsync("bash", "-euc", "cd \"$0\" && seq -f 'f%06g' 100000 | xargs touch -d 2001-01-01", _folder)).Succeeded();
        await using var view = await MountedView.MountAsync($"file://{_folder}");
        Assert.Equal("100000", await CountAsync(view, "ls -U | sort -u"));
        Assert.Equal("100000", await CountAsync(view, "find . -type f -newermt 2000-12-31 ! -newermt 2001-01-02"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> CountAsync(MountedView view, string line) =>
        (await Command.RunAsync("bash", "-c", $"cd '{view.MountPoint}' && {line} | wc -l")).Succeeded().Trim();
}
