using System.CommandLine;
using System.Text.Json;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Printing;
using VirtualView.Service.Json;

namespace VirtualView.Cli.Commands;

/// <summary><c>sources</c>: how the daemon has met each source, and what each answers now.</summary>
internal sealed class SourcesCommand(Terminal terminal)
{
    // A probe is bounded by the daemon.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(40);

    private readonly Argument<string?> _folder = CommonOptions.OptionalFolder();
    private readonly Option<string?> _config = CommonOptions.Config();
    private readonly Option<bool> _probe = new("--probe") { Description = "Ask each source now; exit code 1 if one fails" };
    private readonly Option<bool> _json = CommonOptions.Json();

    public Command Build()
    {
        var command = new Command("sources", "Show reachability and speed of sources; 'sources match' proves which copies are equal (not available yet)") { _folder, _config, _probe, _json };
        command.Add(LaterCommands.Build(terminal, "sources match", "match", "Prove which copies are equal"));
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var found = DaemonChoice.Choose(parsed.GetValue(_folder), parsed.GetValue(_config));
        if (!found.IsOk) return terminal.Report(found.Failure);
        using var client = new DaemonClient(found.Value.Record, Timeout);
        var answer = await client.GetAsync(parsed.GetValue(_probe) ? "/v1/sources?probe=true" : "/v1/sources", cancel);
        if (!answer.IsOk) return terminal.Report(answer.Failure);
        var sources = JsonSerializer.Deserialize(answer.Value, ControlJson.Default.SourcesAnswer)!;
        if (parsed.GetValue(_json)) terminal.Output.WriteLine(answer.Value);
        else SourcesPrinter.Print(terminal.Output, sources);
        string[] failed = [.. sources.Probes?.Where(probe => probe.Error is not null).Select(probe => $"{probe.Source}: {probe.Error}") ?? []];
        return failed.Length == 0 ? (int)ExitCode.Done : terminal.Report(new Failure(ExitCode.Failed, failed));
    }
}
