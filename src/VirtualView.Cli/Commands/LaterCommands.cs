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
        ("sources", "Show reachability and speed of sources; 'sources match' proves which copies are equal"),
        ("prefetch", "Fetch files, or a slice of a dataset, before they are read"),
        ("pin", "Keep files in the cache"),
        ("unpin", "Let files go from the cache again"),
        ("evict", "Drop files from the cache"),
        ("snapshots", "List, compare, keep and drop snapshots of the view"),
        ("run", "Run an unmodified program on a fixed snapshot"),
        ("diff", "Show private changes"),
        ("publish", "Send private changes to the write target"),
        ("discard", "Drop private changes"),
        ("conflicts", "List and resolve divergent and conflicting files"),
        ("verify", "Check every block of the cache"),
        ("invite", "Make a code with which a collaborator joins this view"),
        ("join", "Join a collaborator's view"),
        ("trust", "Manage whom this view trusts"),
        ("why", "Show how a file came to be"),
        ("query", "Search the catalog"),
        ("ingest", "Run detector pipelines"),
        ("replay", "Send recorded data as a detector would"),
        ("tools", "Manage the library of analysis tools"),
        ("doctor", "Say what is wrong with the set-up and how to mend it"),
    ];

    public static IEnumerable<Command> Build(Terminal terminal) => All.Select(later => Build(terminal, later.Name, later.Description));

    private static Command Build(Terminal terminal, string name, string description)
    {
        var command = new Command(name, $"{description} (not available yet)")
        {
            new Argument<string[]>("ARGUMENTS") { Arity = ArgumentArity.ZeroOrMore, Hidden = true },
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(_ => terminal.Report(new Failure(ExitCode.WrongUse, $"'{name}' is not available yet in version {ProductVersion.Text}: 'virtualview --help' lists what is")));
        return command;
    }
}
