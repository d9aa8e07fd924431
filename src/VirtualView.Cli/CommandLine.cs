using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using VirtualView.Cli.Commands;
using VirtualView.Cli.Commands.CacheControl;
using VirtualView.Cli.Commands.LocalChanges;
using VirtualView.Cli.Configuration.Reading;

namespace VirtualView.Cli;

/// <summary>From arguments to an exit code. The door to the executable.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, TimeProvider clock, CancellationToken cancel)
    {
        var root = Build(terminal, clock);

        // Names of files may begin with '@', which is no reason to read arguments from them.
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not TidyHelp) return terminal.Report(UnknownOption(parsed, arguments) ?? WrongUse(parsed));
        // What stands behind is a program's own matter.
        if (arguments.TakeWhile(argument => argument != "--").Any(argument => argument.Length == 0 || argument is ['-', '-', .., '=']))
            return terminal.Report(new Failure(ExitCode.WrongUse, $"an argument of '{Name(parsed)}' is empty: give it a value, or leave it out"));
        if (UnknownOption(parsed, arguments) is { } unknown) return terminal.Report(unknown);
        var invocation = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,

            // The daemon ends signals in its own, unhurried way.
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(invocation, cancel);
    }

    private static RootCommand Build(Terminal terminal, TimeProvider clock)
    {
        var root = new RootCommand("One local view of all the files of an experiment, wherever they are.")
        {
            new MountCommand(terminal).Build(),
            new UnmountCommand(terminal, clock).Build(),
            new StatusCommand(terminal, clock).Build(),
            new ExplainCommand(terminal).Build(),
            new SyncCommand(terminal).Build(),
            new SourcesCommand(terminal).Build(),
            new PrefetchCommand(terminal, clock).Build(),
            new PinCommand(terminal, clock).Build(),
            new UnpinCommand(terminal, clock).Build(),
            new EvictCommand(terminal, clock).Build(),
            new VerifyCommand(terminal, clock).Build(),
            new SnapshotsCommand(terminal).Build(),
            new DiffCommand(terminal).Build(),
            new DiscardCommand(terminal).Build(),
            new ConflictsCommand(terminal).Build(),
            new RunCommand(terminal).Build(),
            new ConfigCommand(terminal).Build(),
            new DoctorCommand(terminal, clock).Build(),
            new VersionCommand(terminal).Build(),
        };
        foreach (var later in LaterCommands.Build(terminal))
            root.Add(later);
        TidyHelp.Install(root);
        return root;
    }

    private static Failure WrongUse(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var (name, help) = (Name(parsed), $"see '{string.Join(' ', new[] { "virtualview", Name(parsed), "--help" }.Where(part => part.Length > 0))}'");
        var unknown = parsed.UnmatchedTokens.FirstOrDefault(token => !token.StartsWith('-'));
        var hint = unknown is null ? "" : Nearest.Hint(unknown, command.Subcommands.Select(known => known.Name));
        // One that also does something by itself, but takes no argument, was meant to be followed by one of its own.
        var takesCommand = command.Subcommands.Count > 0 && (command.Action is null || (unknown is not null && command.Arguments.Count == 0));
        return new Failure(ExitCode.WrongUse, (takesCommand, unknown, command is RootCommand) switch
        {
            (true, null, true) => $"no command was given: {help}",
            (true, null, false) => $"'{name}' takes one of {Names(command)}: {help}",
            (true, _, true) => $"'{unknown}' is no command{hint}: {help}",
            (true, _, false) => $"'{unknown}' is no command of '{name}'{hint}, which takes one of {Names(command)}: {help}",
            (false, not null, _) => $"'{unknown}' is one argument too many for '{name}': {help}",
            _ => $"{parsed.Errors[0].Message.TrimEnd('.')}: {help}",
        });
    }

    private static string Names(Command command) => string.Join(", ", command.Subcommands.Select(known => known.Name));

    /// <summary>
    /// The parser takes a mistyped option for a folder of that name, and the value of an option that takes none for an
    /// argument; who has such a folder writes <c>--</c> before it.
    /// </summary>
    private static Failure? UnknownOption(ParseResult parsed, string[] arguments)
    {
        var command = parsed.CommandResult.Command;
        if (arguments.Contains("--") || !command.TreatUnmatchedTokensAsErrors) return null;
        var help = $"see 'virtualview {Name(parsed)} --help'";
        if (command.Options.FirstOrDefault(option => option.ValueType == typeof(bool) && arguments.Any(given => given.StartsWith($"{option.Name}=", StringComparison.Ordinal))) is { } flag)
            return new Failure(ExitCode.WrongUse, $"'{flag.Name}' takes no value: {help}");
        var tokens = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens);
        if (tokens.FirstOrDefault(token => token.Value.Length > 1 && token.Value[0] == '-') is not { } token) return null;
        return new Failure(ExitCode.WrongUse, $"'{token.Value}' is no option of '{Name(parsed)}'{Nearest.Hint(token.Value, command.Options.Select(option => option.Name))}: {help}");
    }

    private static string Name(ParseResult parsed)
    {
        var names = new List<string>();
        for (var at = parsed.CommandResult; at.Parent is CommandResult parent; at = parent)
            names.Insert(0, at.Command.Name);
        return string.Join(' ', names);
    }
}
