using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.BadInput;

/// <summary>What cannot be mounted: one line that says what, where and what to do, and nothing left behind.</summary>
[Trait("Needs", "fuse")]
public sealed class RefusedMountTests : IDisposable
{
    private readonly HostFolder _folder = new();

    [Theory]
    [InlineData("file://{0}/data", "{0}/missing", 1, "the mount point {0}/missing does not exist: mkdir -p {0}/missing")]
    [InlineData("file://{0}/data", "{0}/full", 1, "{0}/full: the directory is not empty, its files would be hidden; choose an empty directory")]
    [InlineData("file://{0}/data", "{0}/full/file", 1, "the mount point {0}/full/file is not a folder: choose a folder")]
    [InlineData("file://{0}/missing", "{0}/mnt", 1, "nothing to mount: the source 'source' cannot be listed: the folder {0}/missing cannot be opened")]
    [InlineData("http://127.0.0.1:1/", "{0}/mnt", 1, "nothing to mount: the source 'source' cannot be listed: ")]
    [InlineData("http://host.invalid/", "{0}/mnt", 1, "nothing to mount: the source 'source' cannot be listed: ")]
    [InlineData("ftp://host/", "{0}/mnt", 2, "'ftp://host/' is not an address that can be mounted: write http://, https:// or file:///ABSOLUTE/PATH")]
    [InlineData("http://user:word@host/", "{0}/mnt", 2, "")]
    public async Task It_says_in_one_line_what_and_where_and_what_to_do(string address, string mountPoint, int code, string says)
    {
        var refused = await MountAsync(Here(address), Here(mountPoint));
        Assert.Equal(code, refused.ExitCode);
        Assert.StartsWith($"virtualview: {Here(says)}", Assert.Single(Lines(refused.Error)), StringComparison.Ordinal);
        Assert.DoesNotContain("word@", refused.Error, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
        Assert.Equal(["file"], Directory.EnumerateFileSystemEntries(Here("{0}/full")).Select(Path.GetFileName));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Here("{0}/mnt")));
    }

    [Fact]
    public async Task Without_the_fuse_device_it_says_how_to_get_it()
    {
        const string hideDevices = """
            mount -t tmpfs none "$1" && for device in null:3 zero:5 random:8 urandom:9; do mknod -m 666 "$1/${device%:*}" c 1 "${device#*:}"; done
            mount --bind "$1" /dev && exec "$2" mount "$3" "$4"
            """;
        Prepare();
        var devices = Directory.CreateDirectory(Here("{0}/dev")).FullName;
        var refused = await Command.RunAsync(
            Variables, "unshare", "--mount", "sh", "-c", hideDevices, "sh", devices, Executable.Path, Here("file://{0}/data"), Here("{0}/mnt"));
        Assert.Equal(1, refused.ExitCode);
        var line = Assert.Single(Lines(refused.Error));
        Assert.StartsWith("virtualview: /dev/fuse: cannot open it: No such file or directory; load the kernel's module (modprobe fuse)", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_mistakes_of_a_configuration_are_told_at_once()
    {
        Prepare();
        var file = Here("{0}/appsettings.json");
        await File.WriteAllTextAsync(
            file,
            """
            { "VirtualView": { "View": { "Name": "a b", "MountPoint": "relative", "Colour": 1 }, "Sources": { "x": { "Kind": "Ftp" } },
              "Mappings": [ { "At": "/", "Sources": [ "z" ], "PollInterval": "soon" } ], "Cache": { "Capacity": "12 bananas" } } }
            """,
            TestContext.Current.CancellationToken);
        var refused = await Command.RunAsync(Variables, Executable.Path, "mount", "--config", file);
        Assert.Equal(2, refused.ExitCode);
        string[] keys = ["Cache.Capacity", "Mappings[0].PollInterval", "Mappings[0].Sources[0]", "Sources.x.Kind", "View.Colour", "View.MountPoint", "View.Name"];
        Assert.Equal(keys, Lines(refused.Error).Select(line => line["virtualview: ".Length..].Split(':')[0]).Order(StringComparer.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private Dictionary<string, string> Variables => new()
    {
        ["XDG_STATE_HOME"] = Here("{0}/state"), ["XDG_CACHE_HOME"] = Here("{0}/cache"), ["XDG_RUNTIME_DIR"] = Here("{0}/run"),
    };

    private static string[] Lines(string text) => text.TrimEnd('\n').Split('\n');

    private string Here(string pattern) => pattern.Replace("{0}", _folder.Path, StringComparison.Ordinal);

    private Task<CommandResult> MountAsync(string address, string mountPoint)
    {
        Prepare();
        return Command.RunAsync(Variables, Executable.Path, "mount", address, mountPoint);
    }

    private void Prepare()
    {
        foreach (var name in (string[])["data", "full", "mnt", "run"])
            Directory.CreateDirectory(Path.Combine(_folder.Path, name));
        File.WriteAllText(Here("{0}/full/file"), "is not touched");
    }
}
