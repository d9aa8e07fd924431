using System.CommandLine;
using System.Text.Json;
using VirtualView.Cli.Printing;
using VirtualView.Service.Json;

namespace VirtualView.Cli.Commands.LocalChanges;

/// <summary><c>conflicts</c>: what was changed here and at the sources.</summary>
internal sealed class ConflictsCommand(Terminal terminal)
{
    private const string Description = "List what was changed both here and at the sources";

    public Command Build()
    {
        var command = List("conflicts");
        command.Add(List("list"));
        command.Add(LaterCommands.Build(terminal, "conflicts resolve", "resolve", "End a conflict: keep ours, theirs or both"));
        return command;
    }

    private Command List(string name)
    {
        var question = new ChangesQuestion();
        var command = new Command(name, Description);
        question.AddTo(command);
        command.SetAction((parsed, cancel) => RunAsync(question, parsed, cancel));
        return command;
    }

    private async Task<int> RunAsync(ChangesQuestion question, ParseResult parsed, CancellationToken cancel)
    {
        var changes = await question.AskAsync(parsed, cancel);
        if (!changes.IsOk) return terminal.Report(changes.Failure);
        var conflicts = Array.FindAll(changes.Value, change => change.IsOutdated);
        if (parsed.GetValue(question.Json)) terminal.Output.WriteLine(JsonSerializer.Serialize(conflicts, ControlJson.Default.ChangedPathArray));
        else ChangesPrinter.Print(terminal.Output, conflicts);
        return (int)ExitCode.Done;
    }
}
