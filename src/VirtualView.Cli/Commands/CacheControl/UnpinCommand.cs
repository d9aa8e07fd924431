using System.CommandLine;
using VirtualView.Cli.Printing;
using VirtualView.Service.Json;

namespace VirtualView.Cli.Commands.CacheControl;

/// <summary><c>unpin</c>: takes pins back.</summary>
internal sealed class UnpinCommand(Terminal terminal, TimeProvider clock)
{
    private readonly ViewPaths _paths = new(ArgumentArity.OneOrMore);
    private readonly CacheWork _work = new(terminal, clock);

    public Command Build()
    {
        var command = new Command("unpin", "Take back pins: the files may leave the cache again") { _work.Json };
        _paths.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var chosen = _paths.Choose(parsed);
        if (!chosen.IsOk) return terminal.Report(chosen.Failure);
        var done = await _work.RunAsync(parsed, chosen.Value, "/v1/cache/unpin", ControlJson.Default.PinReport, cancel);
        if (!done.IsOk) return terminal.Report(done.Failure);
        if (!_work.IsJson(parsed)) terminal.Output.WriteLine($"{Counted.Of(done.Value.Changed, "pin")} taken back, {done.Value.Pins.Length} left, for {Counted.Of(done.Value.Files, "file")}");
        return _work.Report(done.Value.Problems, done.Value.Problems.Length);
    }
}
