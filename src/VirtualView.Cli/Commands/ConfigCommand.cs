using System.CommandLine;
using VirtualView.Cli.Configuration;
using VirtualView.Cli.Printing;

namespace VirtualView.Cli.Commands;

/// <summary><c>config check</c> and <c>config show</c>.</summary>
internal sealed class ConfigCommand(Terminal terminal)
{
    private readonly Option<string?> _config = CommonOptions.Config();
    private readonly Option<string?> _mountPoint = new("--mount-point") { HelpName = "DIR", Description = "In place of View.MountPoint", Recursive = true };
    private readonly Option<bool> _json = CommonOptions.Json();

    public Command Build()
    {
        (_config.Recursive, _json.Recursive) = (true, true);
        var check = new Command("check", "Report every mistake of the configuration; exit code 2 if there is one");
        check.SetAction(Check);
        var show = new Command("show", "Show every value that holds, and where it comes from; secrets only by reference");
        show.SetAction(Show);
        return new Command("config", "Check or show the configuration") { check, show, _config, _mountPoint, _json };
    }

    private int Check(ParseResult parsed)
    {
        var reading = Read(parsed);
        if (parsed.GetValue(_json)) terminal.Output.WriteLine(ConfigurationJson.Mistakes(reading));
        else if (reading.Mistakes.IsEmpty) terminal.Output.WriteLine("ok");
        else return Refuse(reading);
        return (int)(reading.Mistakes.IsEmpty ? ExitCode.Done : ExitCode.WrongUse);
    }

    private int Show(ParseResult parsed)
    {
        var reading = Read(parsed);
        if (!reading.Mistakes.IsEmpty) return Refuse(reading);
        var values = EffectiveValues.Of(reading);
        if (parsed.GetValue(_json))
        {
            terminal.Output.WriteLine(ConfigurationJson.Values(values));
            return (int)ExitCode.Done;
        }

        foreach (var value in values)
            terminal.Output.WriteLine($"{value.Key} = {value.Value}  # {value.Origin}");
        return (int)ExitCode.Done;
    }

    private ConfigurationReading Read(ParseResult parsed) =>
        ConfigurationReading.Read(parsed.GetValue(_config), parsed.GetValue(_mountPoint));

    private int Refuse(ConfigurationReading reading) => terminal.Report(new Failure(ExitCode.WrongUse, MistakePrinter.Lines(reading)));
}
