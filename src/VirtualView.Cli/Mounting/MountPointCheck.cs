using VirtualView.Cli.Daemons;

namespace VirtualView.Cli.Mounting;

/// <summary>Whether a view can be mounted on its folder, as far as that can be said before trying.</summary>
internal static class MountPointCheck
{
    public static Failure? Problem(DaemonPlan plan, DaemonFinder finder)
    {
        var mountPoint = plan.MountPoint;
        if (finder.All.FirstOrDefault(daemon => daemon.MountPoint == mountPoint) is { } daemon)
            return new Failure(ExitCode.Failed, $"{mountPoint} is served by process {daemon.ProcessId} already: 'virtualview unmount {mountPoint}' ends it");

        // One state has one daemon. Two folders with caches of their own would fetch everything twice.
        if (finder.All.FirstOrDefault(other => other.StateFolder == plan.StateFolder) is { } elsewhere)
        {
            return new Failure(ExitCode.Failed, elsewhere.View == plan.ViewName
                ? $"{plan.ViewName} is mounted at {elsewhere.MountPoint} by process {elsewhere.ProcessId}: use it there, or unmount it there first ('virtualview unmount {elsewhere.MountPoint}')"
                : $"the state folder {plan.StateFolder} is that of the view {elsewhere.View}, mounted at {elsewhere.MountPoint} by process {elsewhere.ProcessId}: choose another View.StateDirectory for {plan.ViewName}");
        }

        // What a dead daemon left would answer any look with an error, or never: that is for the mount itself to clean.
        if (finder.OurMountAt(mountPoint) is not null) return null;
        if (Directory.Exists(mountPoint)) return null;
        return File.Exists(mountPoint)
            ? new Failure(ExitCode.Failed, $"the mount point {mountPoint} is not a folder: choose a folder")
            : new Failure(ExitCode.Failed, $"the mount point {mountPoint} does not exist: mkdir -p {mountPoint}");
    }
}
