using System.CommandLine;

namespace VirtualView.Cli.Commands;

/// <summary>Options that several commands take, made anew for each.</summary>
internal static class CommonOptions
{
    public static Option<string?> Config() => new("--config")
    {
        HelpName = "FILE",
        Description = "The configuration (default: $VIRTUALVIEW_CONFIG, else ./appsettings.json)",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON" };

    public static Argument<string?> OptionalFolder(string otherwise = "the only mount there is") => new("DIR")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = $"The mount point (default: that of the configuration, else {otherwise})",
    };
}
