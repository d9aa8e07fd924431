using System.CommandLine;
using System.Text.Json;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Printing;
using VirtualView.Service.Json;

namespace VirtualView.Cli.Commands;

/// <summary><c>status</c>: sources, cache, snapshot and transfers of one mount.</summary>
internal sealed class StatusCommand(Terminal terminal, TimeProvider clock)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    private readonly Argument<string?> _folder = CommonOptions.OptionalFolder();
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
        var found = DaemonChoice.Choose(parsed.GetValue(_folder), parsed.GetValue(_config));
        if (!found.IsOk) return terminal.Report(found.Failure);
        using var client = new DaemonClient(found.Value.Record, Timeout);
        while (true)
        {
            var answer = await client.GetAsync("/v1/status", cancel);
            if (!answer.IsOk) return terminal.Report(answer.Failure);
            if (parsed.GetValue(_json)) terminal.Output.WriteLine(answer.Value);
            else StatusPrinter.Print(terminal.Output, JsonSerializer.Deserialize(answer.Value, ControlJson.Default.ViewStatus)!, found.Value.Record);
            if (!parsed.GetValue(_watch)) return (int)ExitCode.Done;
            await Task.Delay(WatchInterval, clock, cancel);
        }
    }
}
