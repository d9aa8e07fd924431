using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Sessions;

namespace VirtualView.Cli.Commands;

/// <summary>
/// <c>run</c>: a program in a mount namespace of its own, in which a snapshot stands where the view is. This process becomes
/// <c>unshare</c>, that becomes this executable again (<see cref="InnerRun"/>), and that the program: so signals, terminal
/// and exit code are the program's own.
/// </summary>
internal sealed class RunCommand(Terminal terminal)
{
    private readonly Option<string?> _snapshot = new("--snapshot") { HelpName = "ID", Description = "The number or name of a snapshot ('virtualview snapshots list')" };
    private readonly Option<string?> _session = new("--session") { HelpName = "NAME", Description = "Go on with a session that was kept, instead of a snapshot" };
    private readonly Option<string?> _at = new("--at") { HelpName = "PATH", Description = "Where the snapshot is to stand (default: where the view is mounted)" };
    private readonly Option<bool> _keep = new("--keep") { Description = "Keep what the program writes, for --session; else it is thrown away at the end" };
    private readonly Option<string?> _mount = new("--mount") { HelpName = "DIR", Description = "The view that is mounted at DIR (default: the only one there is)" };
    private readonly Option<string?> _config = CommonOptions.Config();
    private readonly Argument<string[]> _command = new("COMMAND") { Arity = ArgumentArity.OneOrMore, Description = "The program with its arguments, after '--'" };

    public Command Build()
    {
        var command = new Command("run", "Run an unmodified program on a fixed snapshot, with an overlay of its own") { _snapshot, _session, _at, _keep, _mount, _config, _command };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var (snapshot, session) = (parsed.GetValue(_snapshot), parsed.GetValue(_session));
        if (snapshot is null && session is null)
            return terminal.Report(new Failure(ExitCode.WrongUse, "'run' needs --snapshot ID: see 'virtualview snapshots list'"));
        var found = DaemonChoice.Choose(parsed.GetValue(_mount), parsed.GetValue(_config));
        if (!found.IsOk) return terminal.Report(found.Failure);
        if (Namespace.Refusal() is { } refusal) return terminal.Report(refusal);
        var daemon = found.Value.Record;
        var at = parsed.GetValue(_at) is { } path ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) : daemon.MountPoint;
        if (at != daemon.MountPoint && !Directory.Exists(at))
            return terminal.Report(new Failure(ExitCode.WrongUse, $"{at} is no directory: create it first ('--at' is where the snapshot is to stand)"));

        var request = new SessionRequest(snapshot, session, at, parsed.GetValue(_keep));
        var start = new SessionStart(request, Path.Combine(daemon.StateFolder, SessionHost.SocketName), Environment.CurrentDirectory, HidesView: at == daemon.MountPoint, OpenFilesLimit.OfCaller());
        Exec.SetVariable(SessionStart.Variable, JsonSerializer.Serialize(start, SessionJson.Default.SessionStart));
        var command = Exec.OwnArguments()[^parsed.GetRequiredValue(_command).Length..];
        var errno = Exec.Replace([.. Namespace.Command(), .. Exec.OwnProgram(), .. command]);
        return terminal.Report(new Failure(ExitCode.Failed, $"unshare cannot be run: {Marshal.GetPInvokeErrorMessage(errno)}: install it (apt install util-linux)"));
    }
}
