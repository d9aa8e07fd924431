using System.CommandLine;
using VirtualView.Cli.Daemons;
using VirtualView.Core.Paths;
using VirtualView.Fuse;
using VirtualView.Fuse.Mounting;

namespace VirtualView.Cli.Commands;

/// <summary><c>unmount</c>: takes a view off its mount point and waits until its daemon is gone.</summary>
internal sealed class UnmountCommand(Terminal terminal, TimeProvider clock)
{
    // A daemon's last checkpoint of a large cache takes seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    private readonly Argument<string> _folder = new("DIR") { Description = "The mount point" };
    private readonly Option<bool> _force = new("--force") { Description = "Although files are open; also takes away what a dead daemon left" };

    public Command Build()
    {
        var command = new Command("unmount", "Flush, unmount and stop the daemon") { _folder, _force };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (folder, force) = (parsed.GetRequiredValue(_folder), parsed.GetValue(_force));
        var finder = DaemonFinder.OfThisMachine();
        var found = finder.At(folder);
        if (!found.IsOk)
            return force && finder.OurMountAt(finder.PathOf(folder)) is { } left ? Report(await TakeOffAsync(finder, left, cancel)) : terminal.Report(found.Failure);
        if (found.Value.PathInView != "/")
            return terminal.Report(new Failure(ExitCode.WrongUse, $"{folder} lies inside the mount {found.Value.Record.MountPoint}: name the mount point itself"));

        using var client = new DaemonClient(found.Value.Record, Patience);
        var answer = await client.UnmountAsync(force, cancel);
        return answer.IsOk ? Report(await WaitForEndAsync(found.Value.Record, cancel)) : terminal.Report(answer.Failure);
    }

    private int Report(Failure? failure) => failure is null ? (int)ExitCode.Done : terminal.Report(failure);

    private async Task<Failure?> WaitForEndAsync(DaemonRecord daemon, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        while (ProcessLife.IsAlive(daemon))
        {
            if (clock.GetElapsedTime(started) > Patience)
                return new Failure(ExitCode.Failed, $"{daemon.MountPoint} is unmounted, but its daemon (process {daemon.ProcessId}) has not ended: see {daemon.StateFolder}/daemon.log");
            await Task.Delay(LookAgain, clock, cancel);
        }

        return null;
    }

    /// <summary>Only what a dead daemon left: who uses the mount of a living one would lose it.</summary>
    private async Task<Failure?> TakeOffAsync(DaemonFinder finder, MountEntry left, CancellationToken cancel)
    {
        var at = RawText.ToText(left.MountPoint);
        if (await finder.LifeOfAsync(left, clock, cancel) != MountLife.Abandoned)
            return new Failure(ExitCode.Failed, $"{at} is served by a daemon that is not known here, another user's or a container's: have it unmounted there, or if it is dead, as root: umount -fl {at}");
        try
        {
            await AbandonedMount.TakeOffAsync(left, cancel);
            return null;
        }
        catch (MountException refused)
        {
            return new Failure(ExitCode.Failed, refused.Message);
        }
    }
}
