using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using VirtualView.Cli.Daemons;
using VirtualView.Service.Answers;
using VirtualView.Service.Json;

namespace VirtualView.Cli.Commands.LocalChanges;

/// <summary>Asks a daemon what is local at the paths of a command; at all of the view where none is given.</summary>
internal sealed class ChangesQuestion
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly ViewPaths _paths = new(ArgumentArity.ZeroOrMore, "Files or folders (all below them), in a mount or from the root of the view; without one all of the view");

    public Option<bool> Json { get; } = CommonOptions.Json();

    public void AddTo(Command command)
    {
        _paths.AddTo(command);
        command.Add(Json);
    }

    public async Task<Attempt<ChangedPath[]>> AskAsync(ParseResult parsed, CancellationToken cancel)
    {
        var chosen = Choose(parsed);
        if (!chosen.IsOk) return chosen.Failure;
        using var client = new DaemonClient(chosen.Value.Daemon, Timeout);
        var body = JsonContent.Create(new PathsRequest([.. chosen.Value.Paths]), ControlJson.Default.PathsRequest);
        var answer = await client.PostAsync("/v1/changes", body, cancel);
        return answer.IsOk ? JsonSerializer.Deserialize(answer.Value, ControlJson.Default.ChangedPathArray)! : answer.Failure;
    }

    private Attempt<ChosenPaths> Choose(ParseResult parsed)
    {
        if (!_paths.IsEmpty(parsed)) return _paths.Choose(parsed);
        var daemon = _paths.Daemon(parsed);
        return daemon.IsOk ? new ChosenPaths(daemon.Value.Record, ["/"]) : daemon.Failure;
    }
}
