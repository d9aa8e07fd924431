using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Printing;
using VirtualView.Engine.CacheControl;

namespace VirtualView.Cli.Commands.CacheControl;

/// <summary>Has a daemon do something to its cache, shows how far it is, and gives what came of it.</summary>
internal sealed class CacheWork(Terminal terminal, TimeProvider clock)
{
    // For the first line of the answer, not for the work.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public Option<bool> Json { get; } = CommonOptions.Json();

    public Task<Attempt<T>> RunAsync<T>(ParseResult parsed, ChosenPaths chosen, string address, JsonTypeInfo<T> form, CancellationToken cancel)
        where T : class =>
        RunAsync(parsed, chosen.Daemon, address, DaemonClient.PathsBody(chosen.Paths), form, cancel);

    /// <summary>Prints the result itself where JSON is wanted.</summary>
    public async Task<Attempt<T>> RunAsync<T>(
        ParseResult parsed, DaemonRecord daemon, string address, HttpContent content, JsonTypeInfo<T> form, CancellationToken cancel)
        where T : class
    {
        using var client = new DaemonClient(daemon, Timeout);
        using var bar = new ProgressPrinter(terminal, clock, isQuiet: parsed.GetValue(Json) && !terminal.ShowsBar);
        var answer = await client.WorkAsync(address, content, bar.Show, cancel);
        bar.Clear();
        if (!answer.IsOk) return answer.Failure;
        if (parsed.GetValue(Json)) terminal.Output.WriteLine(answer.Value);
        return JsonSerializer.Deserialize(answer.Value, form)!;
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(Json);

    /// <summary>The problems, a line each, and the code that they make.</summary>
    public int Report(IReadOnlyList<PathProblem> problems, long count)
    {
        if (count == 0) return (int)ExitCode.Done;
        string[] more = count > problems.Count ? [$"and {count - problems.Count} more"] : [];
        return terminal.Report(new Failure(ExitCode.Failed, [.. problems.Select(problem => $"{problem.Path}: {problem.Message}"), .. more]));
    }
}
