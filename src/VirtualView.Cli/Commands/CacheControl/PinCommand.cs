using System.CommandLine;
using System.Text.Json;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Printing;
using VirtualView.Core.Units;
using VirtualView.Engine.CacheControl;
using VirtualView.Service.Json;

namespace VirtualView.Cli.Commands.CacheControl;

/// <summary><c>pin</c>: keeps what is cached of files, over restarts and new versions; without a path, shows what is pinned.</summary>
internal sealed class PinCommand(Terminal terminal, TimeProvider clock)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly ViewPaths _paths = new(ArgumentArity.ZeroOrMore);
    private readonly CacheWork _work = new(terminal, clock);
    private readonly Option<bool> _prefetch = new("--prefetch") { Description = "Fetch them now as well" };

    public Command Build()
    {
        var command = new Command("pin", "Keep in the cache what is cached of files; without PATH, show what is pinned") { _prefetch, _work.Json };
        _paths.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (_paths.IsEmpty(parsed)) return await ListAsync(parsed, cancel);
        var chosen = _paths.Choose(parsed);
        if (!chosen.IsOk) return terminal.Report(chosen.Failure);
        var pinned = await _work.RunAsync(parsed, chosen.Value, "/v1/cache/pin", ControlJson.Default.PinReport, cancel);
        if (!pinned.IsOk) return terminal.Report(pinned.Failure);
        if (!_work.IsJson(parsed)) terminal.Output.WriteLine($"{Counted.Of(pinned.Value.Pins.Length, "pin")}, for {Counted.Of(pinned.Value.Files, "file")}");
        var code = _work.Report(pinned.Value.Problems, pinned.Value.Problems.Length);
        if (code != (int)ExitCode.Done || !parsed.GetValue(_prefetch)) return code;

        var fetched = await _work.RunAsync(parsed, chosen.Value, "/v1/cache/prefetch", ControlJson.Default.PrefetchReport, cancel);
        if (!fetched.IsOk) return terminal.Report(fetched.Failure);
        if (fetched.Value.Refused is { } refused) return terminal.Report(new Failure(ExitCode.Failed, $"pinned, but not fetched: {refused}"));
        if (!_work.IsJson(parsed)) terminal.Output.WriteLine($"{new ByteSize(fetched.Value.BytesFetched)} fetched, {new ByteSize(fetched.Value.BytesPresent)} were cached");
        return _work.Report(fetched.Value.Problems, fetched.Value.ProblemCount);
    }

    private async Task<int> ListAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(_prefetch)) return terminal.Report(new Failure(ExitCode.WrongUse, "'pin --prefetch' takes paths: name what to pin and fetch"));
        var found = _paths.Daemon(parsed);
        if (!found.IsOk) return terminal.Report(found.Failure);
        using var client = new DaemonClient(found.Value.Record, Timeout);
        var answer = await client.GetAsync("/v1/cache/pins", cancel);
        if (!answer.IsOk) return terminal.Report(answer.Failure);
        if (_work.IsJson(parsed)) terminal.Output.WriteLine(answer.Value);
        else Print(JsonSerializer.Deserialize(answer.Value, ControlJson.Default.PinReport)!);
        return (int)ExitCode.Done;
    }

    private void Print(PinReport report) => Columns.Print(
        terminal.Output,
        ["PATH", "SINCE"],
        [
            .. report.Pins.Select(pin => new[] { pin.Path, $"{pin.Since:yyyy-MM-dd HH:mm:ss'Z'}" }),
            .. report.Policies.Select(policy => new[] { policy, "Cache.Policies" }),
        ]);
}
