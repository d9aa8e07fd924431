using VirtualView.Testing.Processes;

namespace VirtualView.Fuse.Tests.Mounts;

[Trait("Needs", "fuse")]
public sealed class MountingTests
{
    [Fact]
    public async Task Fusermount_mounts_as_well()
    {
        await using var host = await Host.StartAsync("Fusermount", "read-only");
        Assert.Equal($"mounted {host.MountPoint}", host.Greeting);
        Assert.Equal(0, (await Command.RunAsync("cat", host.At("small"))).ExitCode);
        Assert.StartsWith("ro,", (await Command.RunAsync("findmnt", "-no", "OPTIONS", host.MountPoint)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_of_a_user_namespace_mounts_for_itself()
    {
        Assert.SkipUnless((await Command.RunAsync("unshare", "-Urm", "true")).ExitCode == 0, "user namespaces are not permitted here");
        var folder = Host.CreateFolder();
        await using var host = await Host.StartAtAsync(folder, ownsFolder: true, ["unshare", "-Urm"], "System");
        Assert.Equal($"mounted {folder}", host.Greeting);
        Assert.False(File.Exists(host.At("small"))); // it is mounted there and not here
        Assert.Equal("Unmounted", await host.SendAsync("unmount"));
    }

    [Fact]
    public async Task A_place_that_cannot_be_mounted_over_is_named_with_the_remedy()
    {
        var folder = Host.CreateFolder();
        var file = Path.Join(folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        Assert.Equal($"refused {folder}/no: there is no such directory; create it: mkdir -p '{folder}/no'", await RefusalAsync($"{folder}/no"));
        Assert.StartsWith($"refused {file}: this is not a directory; ", await RefusalAsync(file), StringComparison.Ordinal);
        Assert.StartsWith($"refused {folder}: the directory is not empty", await RefusalAsync(folder), StringComparison.Ordinal);
        await using (var over = await Host.StartAtAsync(folder, ownsFolder: false, [], "non-empty"))
            Assert.Equal($"mounted {folder}", over.Greeting);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_link_to_a_folder_is_resolved()
    {
        var (folder, parent) = (Host.CreateFolder(), Host.CreateFolder());
        var link = Path.Join(parent, "link");
        File.CreateSymbolicLink(link, folder);
        await using (var host = await Host.StartAtAsync(link, ownsFolder: false, []))
            Assert.Equal($"mounted {folder}", host.Greeting);
        Directory.Delete(parent, recursive: true);
        Directory.Delete(folder);
    }

    private static async Task<string> RefusalAsync(string place)
    {
        await using var host = await Host.StartAtAsync(place, ownsFolder: false, []);
        return host.Greeting;
    }
}
