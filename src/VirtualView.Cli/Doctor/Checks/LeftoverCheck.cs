using VirtualView.Cli.Daemons;
using VirtualView.Core.Paths;
using VirtualView.Fuse.Mounting;

namespace VirtualView.Cli.Doctor.Checks;

/// <summary>Mounts without a daemon, and daemons without a mount.</summary>
internal sealed class LeftoverCheck(DaemonFinder finder, TimeProvider clock) : IDoctorCheck
{
    private const string Name = "leftovers";

    public async ValueTask<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel)
    {
        Finding[] found =
        [
            .. (await Task.WhenAll(finder.OurMounts.Select(mount => LookAsync(mount, cancel)))).OfType<Finding>(),
            .. finder.All.Where(daemon => !finder.IsMounted(daemon)).Select(daemon =>
                Finding.Warn(Name, $"process {daemon.ProcessId} serves {daemon.MountPoint}, which is not mounted here", $"if no other mount namespace uses it: kill {daemon.ProcessId}")),
        ];
        return found.Length > 0 ? found : [Finding.Ok(Name, "no dead mounts, no daemons without one")];
    }

    private async Task<Finding?> LookAsync(MountEntry mount, CancellationToken cancel)
    {
        var at = RawText.ToText(mount.MountPoint);
        return await finder.LifeOfAsync(mount, clock, cancel) switch
        {
            MountLife.Served => null,
            MountLife.Abandoned => Finding.Warn(Name, $"{at} is mounted, and its daemon is dead", $"virtualview unmount {at} --force, or mount it again"),
            _ => Finding.Warn(Name, $"{at} is mounted by a daemon that is not known here", "if it is another user's or a container's, leave it; if it is dead, as root: umount -fl " + at),
        };
    }
}
