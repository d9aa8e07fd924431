using System.CommandLine;
using System.Text.Json;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Printing;
using VirtualView.Service.Json;

namespace VirtualView.Cli.Commands;

/// <summary><c>sync</c>: polls all sources now and waits for what they say.</summary>
internal sealed class SyncCommand(Terminal terminal)
{
    // A poll of a large tree takes what it takes; the daemon itself limits each request.
    private static readonly TimeSpan Timeout = TimeSpan.FromHours(1);

    private readonly Argument<string?> _folder = CommonOptions.OptionalFolder();
    private readonly Option<string?> _config = CommonOptions.Config();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _acceptDeletions = new("--accept-deletions") { Description = "Believe a poll that would remove a large part of a source" };

    public Command Build()
    {
        var command = new Command("sync", "Poll all sources now, and wait") { _folder, _config, _json, _acceptDeletions };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var found = DaemonChoice.Choose(parsed.GetValue(_folder), parsed.GetValue(_config));
        if (!found.IsOk) return terminal.Report(found.Failure);
        using var client = new DaemonClient(found.Value.Record, Timeout);
        var answer = await client.PostAsync(parsed.GetValue(_acceptDeletions) ? "/v1/sync?acceptDeletions=true" : "/v1/sync", content: null, cancel);
        if (!answer.IsOk) return terminal.Report(answer.Failure);

        var outcome = JsonSerializer.Deserialize(answer.Value, ControlJson.Default.SyncAnswer)!;
        if (parsed.GetValue(_json)) terminal.Output.WriteLine(answer.Value);
        else terminal.Output.WriteLine(outcome.Snapshot == outcome.SnapshotBefore ? $"no change: snapshot {outcome.Snapshot}" : $"snapshot {outcome.Snapshot}, before {outcome.SnapshotBefore}");

        // What a source did not say stays as it was; whoever asked for its news must hear that there were none.
        string[] problems = [.. outcome.Problems, .. outcome.HeldBack.Select(HeldBackPrinter.Sentence)];
        return problems.Length == 0
            ? (int)ExitCode.Done
            : terminal.Report(new Failure(ExitCode.Failed, [.. problems.Select(problem => $"synced, but: {problem}")]));
    }
}
