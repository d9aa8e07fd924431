using VirtualView.Testing.Processes;

namespace VirtualView.Cache.Tests.Support;

/// <summary>A real file system of a few MiB, mounted for one test.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "vv-disk-" + Guid.NewGuid().ToString("n"));

    public string Folder => Path.Combine(_root, "mount");

    /// <param name="kind">"tmpfs", "bindfs" (which cannot punch holes), or a file system that mkfs makes in a file.</param>
    public static async Task<SmallDisk> MountOrSkipAsync(string kind, int mebibytes)
    {
        var disk = new SmallDisk();
        Directory.CreateDirectory(disk.Folder);
        var error = await disk.MountAsync(kind, mebibytes);
        if (error is null) return disk;
        await disk.DisposeAsync();
        Assert.Skip($"{kind} cannot be mounted here: {error}");
        throw new InvalidOperationException("a skipped test goes no further");
    }

    /// <summary>Takes all the room that is left, as another program would.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0);
        ballast.Position = ballast.Length;
        var bytes = new byte[4096];
        try
        {
            while (true) ballast.Write(bytes);
        }
        catch (IOException)
        {
            // Full, as was wanted.
        }
    }

    public void Empty() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        await Command.RunAsync("umount", Folder);
        Directory.Delete(_root, recursive: true);
    }

    private string Ballast => Path.Combine(Folder, "ballast");

    private async Task<string?> MountAsync(string kind, int mebibytes)
    {
        if (!Environment.IsPrivilegedProcess) return "that needs root";
        try
        {
            if (kind == "tmpfs") return Error(await Command.RunAsync("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", Folder));
            var beside = Path.Combine(_root, "beside");
            if (kind == "bindfs")
            {
                Directory.CreateDirectory(beside);
                return Error(await Command.RunAsync("bindfs", beside, Folder));
            }

            using (var image = new FileStream(beside, FileMode.CreateNew)) image.SetLength((long)mebibytes << 20);
            return Error(await Command.RunAsync("mkfs." + kind, "-q", "-m", "0", beside))
                ?? Error(await Command.RunAsync("mount", "-o", "loop", beside, Folder));
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return missing.Message;
        }
    }

    private static string? Error(CommandResult result) => result.ExitCode == 0 ? null : result.Error.Trim();
}
