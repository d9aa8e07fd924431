using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace VirtualView.Cli;

/// <summary>The parser's help, without what it says wrongly of this program.</summary>
internal sealed class TidyHelp(HelpAction usual, IReadOnlyList<Command> commands) : SynchronousCommandLineAction
{
    private const string ForeignArguments = " [[--] <additional arguments>...]]";
    private const string ForeignHeading = "Additional Arguments:";

    public override bool ClearsParseErrors => true;

    /// <summary>Replaces the help of a whole command line.</summary>
    public static void Install(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new TidyHelp((HelpAction)option.Action!, [.. root.Subcommands]);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter { NewLine = output.NewLine };
        parseResult.InvocationConfiguration.Output = text;
        var code = usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        output.Write(Tidy(text.ToString()));
        return code;
    }

    private string Tidy(string help)
    {
        help = help.Replace(ForeignArguments, "", StringComparison.Ordinal);
        if (help.IndexOf(ForeignHeading, StringComparison.Ordinal) is var end and >= 0) help = help[..end].TrimEnd() + "\n\n";
        foreach (var command in commands)
        {
            // The list of commands shows every argument as if it were required.
            var shown = command.Arguments.Where(argument => !argument.Hidden).ToList();
            help = help.Replace(
                $"\n  {command.Name} {string.Join(' ', shown.Select(argument => $"<{argument.Name}>"))} ",
                $"\n  {command.Name} {string.Join(' ', shown.Select(Label))} ",
                StringComparison.Ordinal);
        }

        return help;
    }

    /// <summary>As wide as what it replaces, so that the columns stay.</summary>
    private static string Label(Argument argument) => argument.Arity.MinimumNumberOfValues > 0 ? $"<{argument.Name}>" : $"[{argument.Name}]";
}
