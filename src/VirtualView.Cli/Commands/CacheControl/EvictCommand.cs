using System.CommandLine;
using VirtualView.Cli.Printing;
using VirtualView.Core.Units;
using VirtualView.Service.Json;

namespace VirtualView.Cli.Commands.CacheControl;

/// <summary><c>evict</c>: drops what is cached of files.</summary>
internal sealed class EvictCommand(Terminal terminal, TimeProvider clock)
{
    private readonly ViewPaths _paths = new(ArgumentArity.OneOrMore);
    private readonly CacheWork _work = new(terminal, clock);

    public Command Build()
    {
        var command = new Command("evict", "Drop from the cache what is cached of files, but for pinned ones") { _work.Json };
        _paths.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var chosen = _paths.Choose(parsed);
        if (!chosen.IsOk) return terminal.Report(chosen.Failure);
        var done = await _work.RunAsync(parsed, chosen.Value, "/v1/cache/evict", ControlJson.Default.EvictReport, cancel);
        if (!done.IsOk) return terminal.Report(done.Failure);
        if (!_work.IsJson(parsed)) terminal.Output.WriteLine($"{new ByteSize(done.Value.BytesFreed)} freed of {Counted.Of(done.Value.Files, "file")}");
        return _work.Report(done.Value.Problems, done.Value.ProblemCount);
    }
}
