using System.CommandLine;
using System.Runtime.InteropServices;

namespace VirtualView.Cli.Commands;

/// <summary><c>version</c>: what runs, on what.</summary>
internal sealed class VersionCommand(Terminal terminal)
{
    private readonly Option<bool> _json = CommonOptions.Json();

    public Command Build()
    {
        var command = new Command("version", "Show the version") { _json };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var (framework, platform) = (RuntimeInformation.FrameworkDescription, RuntimeInformation.RuntimeIdentifier);
        var commit = ProductVersion.Commit;
        terminal.Output.WriteLine(parsed.GetValue(_json)
            ? $$"""{"version":"{{ProductVersion.Text}}","commit":{{(commit is null ? "null" : $"\"{commit}\"")}},"runtime":"{{framework}}","platform":"{{platform}}"}"""
            : $"virtualview {ProductVersion.Text} ({(commit is null ? "" : $"commit {commit}, ")}{framework}, {platform})");
        return (int)ExitCode.Done;
    }
}
