using System.CommandLine;
using System.Diagnostics;
using VirtualView.Cli.Daemons;
using VirtualView.Service.Sockets;

namespace VirtualView.Cli.Commands;

/// <summary><c>unmount</c>: takes a view off its mount point and waits until its daemon is gone.</summary>
internal sealed class UnmountCommand(Terminal terminal, TimeProvider clock)
{
    // A daemon's last checkpoint of a large cache takes seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    private readonly Argument<string> _folder = new("DIR") { Description = "The mount point" };
    private readonly Option<bool> _force = new("--force") { Description = "Although files are open; also detaches what a dead daemon left" };

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
            return force && finder.IsOurMount(finder.PathOf(folder)) ? Report(await DetachAsync(finder.PathOf(folder), cancel)) : terminal.Report(found.Failure);
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

    private static async Task<Failure?> DetachAsync(string mountPoint, CancellationToken cancel)
    {
        string[] tool = ProcessUser.EffectiveId == 0 ? ["umount", "-l", "--", mountPoint] : ["fusermount3", "-u", "-z", "--", mountPoint];
        using var process = Process.Start(new ProcessStartInfo(tool[0], tool[1..]) { RedirectStandardError = true })!;
        var words = await process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0 ? null : new Failure(ExitCode.Failed, $"{mountPoint} could not be detached: {words.Trim()}");
    }
}
