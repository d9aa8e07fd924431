using System.CommandLine;
using System.Text.Json;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Printing;
using VirtualView.Service.Json;

namespace VirtualView.Cli.Commands;

/// <summary><c>explain</c>: what is known of one file, and why it is read from where.</summary>
internal sealed class ExplainCommand(Terminal terminal)
{
    // The daemon may have to ask a source about a file that no one has looked at.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);

    private readonly Argument<string> _path = new("PATH") { Description = "A file or folder below a mount point" };
    private readonly Option<bool> _json = CommonOptions.Json();

    public Command Build()
    {
        var command = new Command("explain", "Show version, replicas and why each is or is not used, cached ranges, bytes by source") { _path, _json };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var found = DaemonFinder.OfThisMachine().Holding(parsed.GetRequiredValue(_path));
        if (!found.IsOk) return terminal.Report(found.Failure);
        using var client = new DaemonClient(found.Value.Record, Timeout);
        var answer = await client.GetAsync($"/v1/explain?path={Uri.EscapeDataString(found.Value.PathInView)}", cancel);
        if (!answer.IsOk) return terminal.Report(answer.Failure);
        if (parsed.GetValue(_json)) terminal.Output.WriteLine(answer.Value);
        else ExplanationPrinter.Print(terminal.Output, JsonSerializer.Deserialize(answer.Value, ControlJson.Default.Explanation)!);
        return (int)ExitCode.Done;
    }
}
