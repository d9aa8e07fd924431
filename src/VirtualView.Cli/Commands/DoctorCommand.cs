using System.CommandLine;
using System.Text.Json;
using VirtualView.Cli.Doctor;
using VirtualView.Cli.Printing;

namespace VirtualView.Cli.Commands;

/// <summary><c>doctor</c>: what is wrong with the set-up, and how to mend it. Needs no daemon.</summary>
internal sealed class DoctorCommand(Terminal terminal, TimeProvider clock)
{
    private readonly Option<string?> _config = CommonOptions.Config();
    private readonly Option<string?> _mountPoint = new("--mount-point") { HelpName = "DIR", Description = "In place of View.MountPoint" };
    private readonly Option<bool> _json = CommonOptions.Json();

    public Command Build()
    {
        var command = new Command("doctor", "Say what is wrong with the set-up and how to mend it; exit code 1 if something cannot work") { _config, _mountPoint, _json };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var found = await Examination.RunAsync(parsed.GetValue(_config), parsed.GetValue(_mountPoint), clock, cancel);
        if (parsed.GetValue(_json))
            terminal.Output.WriteLine(JsonSerializer.Serialize(found, DoctorJson.Default.IReadOnlyListFinding));
        else
            Columns.Print(terminal.Output, ["", "CHECK", "FOUND"], found.Select(Row));
        return (int)(found.Any(finding => finding.Level == FindingLevel.Fail) ? ExitCode.Failed : ExitCode.Done);
    }

    private static string[] Row(Finding finding) =>
    [
        finding.Level switch { FindingLevel.Ok => "ok", FindingLevel.Warn => "warn", _ => "FAIL" },
        finding.Check,
        finding.Advice is { Length: > 0 } advice ? $"{finding.Message}: {advice}" : finding.Message,
    ];
}
