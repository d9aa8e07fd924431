using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests;

[Trait("Needs", "fuse")]
[Trait("Duration", "long")]
public sealed class PackageTests
{
    // Folders of a .NET that is installed are hidden from the program; nobody else sees that.
    private const string WithoutDotnet = """
        set -eu
        for folder in /usr/share/dotnet /usr/lib/dotnet "$HOME/.dotnet"; do
            [ ! -d "$folder" ] || mount -t tmpfs none "$folder"
        done
        ! env -i PATH=/usr/bin:/bin dotnet --version
        cd "$1"
        mkdir data mnt home
        echo 'seen through the mount' >data/file
        env -i PATH=/usr/bin:/bin HOME="$1/home" virtualview/virtualview mount "file://$1/data" "$1/mnt" --background
        cat mnt/file
        env -i PATH=/usr/bin:/bin HOME="$1/home" virtualview/virtualview unmount "$1/mnt"
        """;

    [Fact]
    public async Task The_package_mounts_where_no_dotnet_is_installed()
    {
        using var folder = new HostFolder();
        var package = (await Command.RunAsync(TimeSpan.FromMinutes(5), Path.Combine(RepositoryFolder.Path, "scripts", "package"))).Succeeded().Trim();
        Assert.Matches(@"/artifacts/virtualview-\d+\.\d+\.\d+-linux-x64\.tar\.gz$", package);
        (await Command.RunAsync("tar", "--extract", "--file", package, "--directory", folder.Path)).Succeeded();
        var seen = await Command.RunAsync("unshare", "--mount", "sh", "-c", WithoutDotnet, "sh", folder.Path);
        Assert.Contains("seen through the mount", seen.Succeeded(), StringComparison.Ordinal);
    }
}
