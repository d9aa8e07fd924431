using VirtualView.Cli.Daemons;

namespace VirtualView.Cli.Doctor.Checks;

/// <summary>Mounts without a daemon, and daemons without a mount.</summary>
internal sealed class LeftoverCheck(DaemonFinder finder) : IDoctorCheck
{
    private const string Name = "leftovers";

    public ValueTask<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel)
    {
        Finding[] found =
        [
            .. finder.DeadMounts().Select(at => Finding.Warn(Name, $"{at} is mounted, and its daemon is gone or belongs to another user", $"virtualview unmount {at} --force")),
            .. finder.All.Where(daemon => !finder.IsMounted(daemon)).Select(daemon =>
                Finding.Warn(Name, $"process {daemon.ProcessId} serves {daemon.MountPoint}, which is not mounted here", $"if no other mount namespace uses it: kill {daemon.ProcessId}")),
        ];
        return ValueTask.FromResult<IReadOnlyList<Finding>>(found.Length > 0 ? found : [Finding.Ok(Name, "no dead mounts, no daemons without one")]);
    }
}
