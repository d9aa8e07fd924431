using VirtualView.Service.Sockets;

namespace VirtualView.Cli.Doctor.Checks;

/// <summary>Whether this user can mount.</summary>
internal sealed class FuseCheck(bool needsOthers) : IDoctorCheck
{
    private const string Device = "/dev/fuse";
    private const string Helper = "fusermount3";
    private const string Settings = "/etc/fuse.conf";

    public ValueTask<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel) =>
        ValueTask.FromResult<IReadOnlyList<Finding>>([DeviceFinding(), HelperFinding(), OthersFinding()]);

    private static Finding DeviceFinding()
    {
        if (!File.Exists(Device)) return Finding.Fail("device", $"there is no {Device}", "as root: modprobe fuse; in a container: run it with --device /dev/fuse");
        try
        {
            using var opened = File.OpenHandle(Device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return Finding.Ok("device", $"{Device} can be opened");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Finding.Fail("device", $"{Device} cannot be opened: {refused.Message}", $"as root: chmod 666 {Device}; in a container: run it with --device {Device}");
        }
    }

    private static Finding HelperFinding()
    {
        var isRoot = ProcessUser.EffectiveId == 0;
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, Helper)).FirstOrDefault(File.Exists);
        if (found is null)
            return isRoot
                ? Finding.Ok("fusermount3", $"{Helper} is not installed, and root does not need it")
                : Finding.Fail("fusermount3", $"{Helper} is not in PATH, and without it only root can mount", "as root: apt-get install fuse3, or dnf install fuse3");
        return isRoot || (File.GetUnixFileMode(found) & UnixFileMode.SetUser) != 0
            ? Finding.Ok("fusermount3", found)
            : Finding.Fail("fusermount3", $"{found} is not set-uid root, so it may not mount for you", $"as root: chmod u+s {found}");
    }

    private Finding OthersFinding()
    {
        if (ProcessUser.EffectiveId == 0) return Finding.Ok("others", "root may let other users in (View.AllowOther)");
        var isAllowed = File.Exists(Settings) && File.ReadLines(Settings).Any(line => line.Trim() == "user_allow_other");
        if (isAllowed) return Finding.Ok("others", $"{Settings} lets you let other users in (View.AllowOther)");
        return needsOthers
            ? Finding.Fail("others", $"View.AllowOther is set, and {Settings} does not allow it", $"as root: echo user_allow_other >> {Settings}; or set View.AllowOther to false")
            : Finding.Ok("others", "only you can enter your mounts (View.AllowOther is not set)");
    }
}
