using System.CommandLine;
using System.Text.Json;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Printing;
using VirtualView.Service.Json;

namespace VirtualView.Cli.Commands;

/// <summary><c>status</c>: sources, cache, snapshot and transfers of one mount, or of all.</summary>
internal sealed class StatusCommand(Terminal terminal, TimeProvider clock)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    private readonly Argument<string?> _folder = CommonOptions.OptionalFolder("all mounts there are");
    private readonly Option<string?> _config = CommonOptions.Config();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _watch = new("--watch") { Description = "Print again every second, until interrupted" };

    public Command Build()
    {
        var command = new Command("status", "Show sources, cache, snapshot, pending writes and transfers") { _folder, _config, _json, _watch };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var chosen = DaemonChoice.ChooseAll(parsed.GetValue(_folder), parsed.GetValue(_config));
        if (!chosen.IsOk) return terminal.Report(chosen.Failure);
        while (true)
        {
            var code = await PrintAsync(chosen.Value, parsed.GetValue(_json), cancel);
            if (!parsed.GetValue(_watch) || code != (int)ExitCode.Done) return code;
            await Task.Delay(WatchInterval, clock, cancel);
        }
    }

    /// <summary>Prints all that answer, and the code of the last that does not.</summary>
    private async Task<int> PrintAsync(IReadOnlyList<FoundDaemon> daemons, bool asJson, CancellationToken cancel)
    {
        var (code, answers) = ((int)ExitCode.Done, new List<string>());
        foreach (var daemon in daemons)
        {
            using var client = new DaemonClient(daemon.Record, Timeout);
            var answer = await client.GetAsync("/v1/status", cancel);
            if (!answer.IsOk)
            {
                code = terminal.Report(answer.Failure);
                continue;
            }

            if (!asJson)
            {
                if (answers.Count > 0) terminal.Output.WriteLine();
                StatusPrinter.Print(terminal.Output, JsonSerializer.Deserialize(answer.Value, ControlJson.Default.ViewStatus)!, daemon.Record);
            }

            answers.Add(answer.Value);
        }

        // Several are an array, in one line as the one is; whoever names one gets an object.
        if (asJson && daemons.Count > 1) terminal.Output.WriteLine($"[{string.Join(',', answers)}]");
        else if (asJson && answers is [var only]) terminal.Output.WriteLine(only);
        return code;
    }
}
