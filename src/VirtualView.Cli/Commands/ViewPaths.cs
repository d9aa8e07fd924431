using System.CommandLine;
using VirtualView.Cli.Daemons;
using VirtualView.Core.Paths;

namespace VirtualView.Cli.Commands;

/// <summary>
/// Paths as commands about files take them: in a mount, absolute or relative, or absolute in the view itself. All of one
/// call are of one view.
/// </summary>
internal sealed class ViewPaths
{
    private readonly Argument<string[]> _paths;
    private readonly Option<string?> _mount = new("--mount") { HelpName = "DIR", Description = "Take PATH as a path in the view that is mounted at DIR" };
    private readonly Option<string?> _config = CommonOptions.Config();

    public ViewPaths(ArgumentArity arity, string? description = null) => _paths = new Argument<string[]>("PATH")
    {
        Arity = arity,
        Description = description ?? "Files, folders (all below them) or quoted globs (*, ?, [a-z], ** for any depth), in a mount or from the root of the view",
    };

    public void AddTo(Command command)
    {
        command.Add(_paths);
        command.Add(_mount);
        command.Add(_config);
    }

    public bool IsEmpty(ParseResult parsed) => parsed.GetValue(_paths) is null or [];

    /// <summary>The daemon alone, where no path is given.</summary>
    public Attempt<FoundDaemon> Daemon(ParseResult parsed) => DaemonChoice.Choose(parsed.GetValue(_mount), parsed.GetValue(_config));

    public Attempt<ChosenPaths> Choose(ParseResult parsed)
    {
        var (arguments, mount) = (parsed.GetValue(_paths) ?? [], parsed.GetValue(_mount));
        var finder = DaemonFinder.OfThisMachine();
        var named = mount is null ? default : finder.At(mount);
        if (mount is not null && !named.IsOk) return named.Failure;
        var (daemon, paths) = (named.Value?.Record, new List<string>());
        foreach (var argument in arguments)
        {
            var found = finder.Holding(argument);
            if (!found.IsOk) found = InView(argument, daemon, parsed) is { } inView ? inView : found;
            if (!found.IsOk) return found.Failure;
            daemon ??= found.Value.Record;
            if (daemon.MountPoint != found.Value.Record.MountPoint)
                return new Failure(ExitCode.WrongUse, $"{argument} lies in the mount {found.Value.Record.MountPoint}, the paths before it in {daemon.MountPoint}: run the command once for each");
            paths.Add(found.Value.PathInView);
        }

        return new ChosenPaths(daemon!, paths);
    }

    /// <summary>What lies in no mount may be a path in the view: in the one named, else, if it is absolute, in the only one that can be meant.</summary>
    private FoundDaemon? InView(string argument, DaemonRecord? named, ParseResult parsed)
    {
        if (named is null && (!argument.StartsWith('/') || Path.Exists(argument))) return null;
        if (named is null && DaemonChoice.Choose(folder: null, parsed.GetValue(_config)) is { IsOk: true } only) named = only.Value.Record;
        return named is not null && PathOf(argument) is { } path ? new FoundDaemon(named, path) : null;
    }

    /// <summary>Null for what leads above the root: to take that for the root would make of a typing error all of the view.</summary>
    private static string? PathOf(string argument)
    {
        var names = new List<string>();
        foreach (var name in RawArgument.Of(argument).Split('/', StringSplitOptions.RemoveEmptyEntries).Where(name => name != "."))
        {
            if (name != "..") names.Add(ByteText.Show(RawText.ToBytes(name)));
            else if (names.Count > 0) names.RemoveAt(names.Count - 1);
            else return null;
        }

        return "/" + string.Join('/', names);
    }
}
