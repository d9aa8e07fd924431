using System.CommandLine;
using System.Text.Json;
using VirtualView.Cli.Printing;
using VirtualView.Service.Json;

namespace VirtualView.Cli.Commands.LocalChanges;

/// <summary><c>diff</c>: what was changed here and is nowhere else.</summary>
internal sealed class DiffCommand(Terminal terminal)
{
    private readonly ChangesQuestion _question = new();

    public Command Build()
    {
        var command = new Command("diff", "Show private changes: what differs here from the sources");
        _question.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var changes = await _question.AskAsync(parsed, cancel);
        if (!changes.IsOk) return terminal.Report(changes.Failure);
        if (parsed.GetValue(_question.Json)) terminal.Output.WriteLine(JsonSerializer.Serialize(changes.Value, ControlJson.Default.ChangedPathArray));
        else ChangesPrinter.Print(terminal.Output, changes.Value);
        return (int)ExitCode.Done;
    }
}
