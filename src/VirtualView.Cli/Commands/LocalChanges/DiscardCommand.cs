using System.CommandLine;
using System.Text.Json;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Printing;
using VirtualView.Service.Answers;
using VirtualView.Service.Json;

namespace VirtualView.Cli.Commands.LocalChanges;

/// <summary><c>discard</c>: takes away what is local, for good.</summary>
internal sealed class DiscardCommand(Terminal terminal)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    private readonly ViewPaths _paths = new(ArgumentArity.OneOrMore, "Files or folders (all below them), in a mount or from the root of the view");
    private readonly Option<bool> _json = CommonOptions.Json();

    public Command Build()
    {
        var command = new Command("discard", "Drop private changes for good: what the sources have shows again") { _json };
        _paths.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var chosen = _paths.Choose(parsed);
        if (!chosen.IsOk) return terminal.Report(chosen.Failure);
        using var client = new DaemonClient(chosen.Value.Daemon, Timeout);
        var answer = await client.PostPathsAsync("/v1/discard", chosen.Value.Paths, cancel);
        if (!answer.IsOk) return terminal.Report(answer.Failure);
        var done = JsonSerializer.Deserialize(answer.Value, ControlJson.Default.DiscardAnswer)!;
        if (parsed.GetValue(_json)) terminal.Output.WriteLine(answer.Value);
        else if (done.Discarded.Length > 0) terminal.Output.WriteLine($"{Counted.Of(done.Discarded.Length, "change")} discarded");
        return done.Problems.IsEmpty
            ? (int)ExitCode.Done
            : terminal.Report(new Failure(ExitCode.Failed, [.. done.Problems.Select(problem => $"{problem.Path}: {problem.Message}")]));
    }
}
