using System.CommandLine;
using VirtualView.Cli.Printing;
using VirtualView.Core.Units;
using VirtualView.Engine.CacheControl;
using VirtualView.Service.Json;

namespace VirtualView.Cli.Commands.CacheControl;

/// <summary><c>prefetch</c>: brings files into the cache before they are read.</summary>
internal sealed class PrefetchCommand(Terminal terminal, TimeProvider clock)
{
    private readonly ViewPaths _paths = new(ArgumentArity.OneOrMore);
    private readonly CacheWork _work = new(terminal, clock);
    private readonly Option<string?> _dataset = new("--dataset") { HelpName = "D", Description = "Only a dataset of HDF5 files (not available yet)" };
    private readonly Option<string?> _slice = new("--slice") { HelpName = "S", Description = "Only a part of the dataset (not available yet)" };

    public Command Build()
    {
        var command = new Command("prefetch", "Fetch files into the cache before they are read") { _dataset, _slice, _work.Json };
        _paths.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(_dataset) is not null || parsed.GetValue(_slice) is not null)
            return terminal.Report(Failure.NotAvailable("'prefetch' of a dataset or a slice"));
        var chosen = _paths.Choose(parsed);
        if (!chosen.IsOk) return terminal.Report(chosen.Failure);
        var done = await _work.RunAsync(parsed, chosen.Value, "/v1/cache/prefetch", ControlJson.Default.PrefetchReport, cancel);
        if (!done.IsOk) return terminal.Report(done.Failure);
        return Say(parsed, done.Value);
    }

    private int Say(ParseResult parsed, PrefetchReport report)
    {
        if (report.Refused is { } refused) return terminal.Report(new Failure(ExitCode.Failed, refused));
        if (!_work.IsJson(parsed))
            terminal.Output.WriteLine($"{Counted.Of(report.Files, "file")} of {new ByteSize(report.Bytes)}: {new ByteSize(report.BytesFetched)} fetched, {new ByteSize(report.BytesPresent)} were cached");
        return _work.Report(report.Problems, report.ProblemCount);
    }
}
