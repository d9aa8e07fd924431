using System.CommandLine;
using System.Net.Http.Json;
using VirtualView.Cli.Printing;
using VirtualView.Core.Units;
using VirtualView.Engine.CacheControl;
using VirtualView.Service.Answers;
using VirtualView.Service.Json;

namespace VirtualView.Cli.Commands.CacheControl;

/// <summary><c>verify</c>: compares every cached block with its checksum, and mends what is damaged.</summary>
internal sealed class VerifyCommand(Terminal terminal, TimeProvider clock)
{
    private readonly Argument<string?> _folder = CommonOptions.OptionalFolder();
    private readonly Option<string?> _config = CommonOptions.Config();
    private readonly Option<bool> _repair = new("--repair") { Description = "Drop what is damaged, and fetch it again where the view still shows it" };
    private readonly CacheWork _work = new(terminal, clock);

    public Command Build()
    {
        var command = new Command("verify", "Check every block of the cache; exit code 1 if one is damaged and was not repaired") { _folder, _config, _repair, _work.Json };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var found = DaemonChoice.Choose(parsed.GetValue(_folder), parsed.GetValue(_config));
        if (!found.IsOk) return terminal.Report(found.Failure);
        var content = JsonContent.Create(new VerifyRequest(parsed.GetValue(_repair)), ControlJson.Default.VerifyRequest);
        var done = await _work.RunAsync(parsed, found.Value.Record, "/v1/cache/verify", content, ControlJson.Default.VerifyReport, cancel);
        if (!done.IsOk) return terminal.Report(done.Failure);
        var report = done.Value;
        if (!_work.IsJson(parsed)) Print(report);
        return report.IsClean || report.IsRepaired
            ? (int)ExitCode.Done
            : terminal.Report(new Failure(ExitCode.Failed, $"the cache of {found.Value.Record.MountPoint} is damaged (nothing of that is served): 'virtualview verify --repair' mends it"));
    }

    private void Print(VerifyReport report)
    {
        Columns.Print(terminal.Output, ["BLOCKS", "BYTES", "DAMAGED", "MISSING", "STRAYS", "REFETCHED"],
            [[$"{report.Blocks}", $"{new ByteSize(report.Bytes)}", $"{report.Damaged}", $"{report.Missing}", $"{report.Strays}", $"{report.Refetched}"]]);
        if (!report.Damage.IsEmpty)
            Columns.Print(terminal.Output, ["PATH", "OFFSET", "STATE"], report.Damage.Select(part => new[] { part.Path ?? $"(version {part.Version}, not in the view)", $"{part.Offset}", part.State }));
    }
}
