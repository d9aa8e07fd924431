using System.CommandLine;

namespace VirtualView.Cli.Commands;

/// <summary>
/// Commands that are promised and not built. They are listed, explain themselves, and say that they are not available,
/// whatever they are given; so a script that uses one fails at once and clearly.
/// </summary>
internal static class LaterCommands
{
    private static readonly (string Name, string Description)[] All =
    [
        ("plan", "Show bytes needed, bytes here, best source and expected time of a read"),
        ("publish", "Send private changes to the write target"),
        ("invite", "Make a code with which a collaborator joins this view"),
        ("join", "Join a collaborator's view"),
        ("trust", "Manage whom this view trusts"),
        ("why", "Show how a file came to be"),
        ("query", "Search the catalog"),
        ("ingest", "Run detector pipelines"),
        ("replay", "Send recorded data as a detector would"),
        ("tools", "Manage the library of analysis tools"),
    ];

    public static IEnumerable<Command> Build(Terminal terminal) => All.Select(later => Build(terminal, later.Name, later.Name, later.Description));

    /// <param name="fullName">With the commands that it stands below.</param>
    public static Command Build(Terminal terminal, string fullName, string name, string description)
    {
        var command = new Command(name, $"{description} (not available yet)")
        {
            new Argument<string[]>("ARGUMENTS") { Arity = ArgumentArity.ZeroOrMore, Hidden = true },
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(_ => terminal.Report(new Failure(ExitCode.WrongUse, $"'{fullName}' is not available yet in version {ProductVersion.Text}: 'virtualview --help' lists what is")));
        return command;
    }
}
