using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.Daemon;

/// <summary>
/// Runs shell scripts as a user without any privilege, where <c>/dev/fuse</c> is open to all as on most machines: in a
/// mount namespace of its own, with a device node of its own. Needs root to become that user.
/// </summary>
internal sealed class Nobody : IDisposable
{
    private const string Become = """
        set -e
        mount -t tmpfs none "$1"; mknod -m 666 "$1/fuse" c 10 229; mount --bind "$1/fuse" /dev/fuse
        mountpoint -q /sys/fs/fuse/connections || mount -t fusectl none /sys/fs/fuse/connections
        exec setpriv --reuid 65534 --regid 65534 --clear-groups bash -c "$2"
        """;

    private readonly HostFolder _folder = new();

    public Nobody()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/fusermount3"), "needs root, to become another user, and fusermount3");
        Directory.CreateDirectory(Device);
        Directory.CreateDirectory(MountPoint);
        Directory.CreateDirectory(Home);
    }

    public string MountPoint => Path.Combine(_folder.Path, "mnt");

    public string Home => Path.Combine(_folder.Path, "home");

    private string Device => Path.Combine(_folder.Path, "device");

    /// <summary>Variables: <c>V</c> the program, <c>MNT</c> a folder to mount on, <c>HOME</c>.</summary>
    public async Task<CommandResult> RunAsync(string script)
    {
        (await Command.RunAsync("chown", "65534:65534", MountPoint, Home)).Succeeded();
        (await Command.RunAsync("chmod", "755", _folder.Path)).Succeeded();
        var variables = new Dictionary<string, string>
        {
            ["V"] = Executable.Path,
            ["MNT"] = MountPoint,
            ["HOME"] = Home,
            ["XDG_STATE_HOME"] = Path.Combine(Home, "state"),
            ["XDG_CACHE_HOME"] = Path.Combine(Home, "cache"),
            ["XDG_RUNTIME_DIR"] = Home,
            ["XDG_CONFIG_HOME"] = Path.Combine(Home, "config"),
        };
        return await Command.RunAsync(variables, "unshare", "-m", "sh", "-c", Become, "sh", Device, script);
    }

    public void Dispose() => _folder.Dispose();
}
