using VirtualView.Cli.Daemons;
using VirtualView.Cli.Mounting;

namespace VirtualView.Cli.Doctor.Checks;

/// <summary>Whether the view can be mounted where it shall be.</summary>
internal sealed class MountPointDoctorCheck(DaemonPlan plan, DaemonFinder finder, TimeProvider clock) : IDoctorCheck
{
    private const string Name = "mount point";

    public async ValueTask<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel) => [await LookAsync(cancel)];

    private async Task<Finding> LookAsync(CancellationToken cancel)
    {
        var at = plan.MountPoint;
        if (finder.All.FirstOrDefault(daemon => daemon.MountPoint == at) is { } daemon) return Finding.Ok(Name, $"{at} is mounted, served by process {daemon.ProcessId}");
        if (finder.OurMountAt(at) is { } left)
        {
            return await finder.LifeOfAsync(left, clock, cancel) == MountLife.Abandoned
                ? Finding.Warn(Name, $"what a dead daemon left is mounted on {at}", $"'virtualview unmount {at} --force', or mount again: that cleans it")
                : Finding.Fail(Name, $"{at} is mounted by a daemon that is not known here", "choose another mount point, or have it unmounted by who mounted it");
        }

        if (MountPointCheck.Problem(plan, finder) is { } problem)
        {
            var (what, advice) = Split(problem.Lines[0]);
            return Finding.Fail(Name, what, advice);
        }

        return Directory.EnumerateFileSystemEntries(at).Any()
            ? Finding.Fail(Name, $"{at} is not empty", "choose an empty folder: what is in it would be hidden")
            : Finding.Ok(Name, $"{at} is there and empty");
    }

    /// <summary>A failure says what and, after the last colon, what to do.</summary>
    private static (string What, string Advice) Split(string line) =>
        line.LastIndexOf(": ", StringComparison.Ordinal) is > 0 and var at ? (line[..at], line[(at + 2)..]) : (line, "");
}
