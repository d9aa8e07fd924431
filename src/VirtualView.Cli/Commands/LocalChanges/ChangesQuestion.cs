using System.CommandLine;
using System.Text.Json;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Printing;
using VirtualView.Service.Answers;
using VirtualView.Service.Json;

namespace VirtualView.Cli.Commands.LocalChanges;

/// <summary>Asks a daemon what is local at the paths of a command, at all of the view where none is given, and prints it.</summary>
internal sealed class ChangesQuestion(Terminal terminal)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly ViewPaths _paths = new(ArgumentArity.ZeroOrMore, "Files or folders (all below them), in a mount or from the root of the view; without one all of the view");
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <summary>A command that prints those changes that are meant.</summary>
    public Command Build(string name, string description, Predicate<ChangedPath> isMeant)
    {
        var command = new Command(name, description);
        _paths.AddTo(command);
        command.Add(_json);
        command.SetAction((parsed, cancel) => RunAsync(parsed, isMeant, cancel));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, Predicate<ChangedPath> isMeant, CancellationToken cancel)
    {
        var chosen = Choose(parsed);
        if (!chosen.IsOk) return terminal.Report(chosen.Failure);
        using var client = new DaemonClient(chosen.Value.Daemon, Timeout);
        var answer = await client.PostPathsAsync("/v1/changes", chosen.Value.Paths, cancel);
        if (!answer.IsOk) return terminal.Report(answer.Failure);
        var changes = Array.FindAll(JsonSerializer.Deserialize(answer.Value, ControlJson.Default.ChangedPathArray)!, isMeant);
        if (parsed.GetValue(_json)) terminal.Output.WriteLine(JsonSerializer.Serialize(changes, ControlJson.Default.ChangedPathArray));
        else ChangesPrinter.Print(terminal.Output, changes);
        return (int)ExitCode.Done;
    }

    private Attempt<ChosenPaths> Choose(ParseResult parsed)
    {
        if (!_paths.IsEmpty(parsed)) return _paths.Choose(parsed);
        var daemon = _paths.Daemon(parsed);
        return daemon.IsOk ? new ChosenPaths(daemon.Value.Record, ["/"]) : daemon.Failure;
    }
}
