using System.CommandLine;
using Microsoft.Extensions.Logging;
using VirtualView.Cli.Configuration;
using VirtualView.Cli.Configuration.Checks;
using VirtualView.Cli.Configuration.Reading;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Mounting;
using VirtualView.Cli.Mounting.Detaching;
using VirtualView.Cli.Printing;

namespace VirtualView.Cli.Commands;

/// <summary><c>mount</c>: runs the daemon, here or in the background.</summary>
internal sealed class MountCommand(Terminal terminal)
{
    private readonly Argument<string?> _url = new("URL")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "http://, https:// or file:// of what to mount without a configuration",
    };

    private readonly Argument<string?> _folder = new("DIR") { Arity = ArgumentArity.ZeroOrOne, Description = "Where to mount URL" };
    private readonly Option<string?> _config = CommonOptions.Config();
    private readonly Option<string?> _mountPoint = new("--mount-point") { HelpName = "DIR", Description = "In place of View.MountPoint" };
    private readonly Option<bool> _background = new("--background") { Description = "Return when the view can be used; the log goes to STATE/daemon.log" };
    private readonly Option<bool> _readOnly = new("--read-only") { Description = "Refuse every write" };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Log what happens, not only what goes wrong" };

    public Command Build()
    {
        var command = new Command("mount", "Mount a view and serve it until it is unmounted") { _url, _folder, _config, _mountPoint, _background, _readOnly, _verbose };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var planned = Plan(parsed);
        if (!planned.IsOk) return Report(planned.Failure);

        // As the kernel will name it: this is how the daemon is found.
        var finder = DaemonFinder.OfThisMachine();
        var plan = planned.Value with { MountPoint = finder.PathOf(planned.Value.MountPoint) };
        if ((MountPointCheck.Problem(plan, finder) ?? FolderProblem(plan.StateFolder) ?? FolderProblem(plan.CacheFolder)) is { } problem) return Report(problem);

        var announce = new Announcements(Announce, Warn);
        var failure = parsed.GetValue(_background) && !BackgroundChild.IsThisProcess
            ? await BackgroundStarter.StartAsync(plan, Again(parsed), announce, cancel)
            : await DaemonHost.RunAsync(plan, DaemonComposition.OpenAsync, announce, parsed.GetValue(_verbose) ? LogLevel.Information : LogLevel.Warning, cancel);
        return failure is null ? (int)ExitCode.Done : Report(failure);
    }

    private Attempt<DaemonPlan> Plan(ParseResult parsed)
    {
        var (url, folder, readOnly) = (parsed.GetValue(_url), parsed.GetValue(_folder), parsed.GetValue(_readOnly));
        if (url is null) return FromConfiguration(parsed, readOnly);
        if (folder is null)
            return new Failure(ExitCode.WrongUse, $"mount takes an address and a folder, or neither: 'virtualview mount URL DIR', or 'virtualview mount --mount-point {HttpChecks.Hide(url)}' with a configuration");
        if (parsed.GetValue(_config) is not null || parsed.GetValue(_mountPoint) is not null)
            return new Failure(ExitCode.WrongUse, "mount URL DIR takes neither --config nor --mount-point: leave them out, or leave out URL and DIR");
        return AddressPlan.Make(url, Path.GetFullPath(folder), readOnly);
    }

    private Attempt<DaemonPlan> FromConfiguration(ParseResult parsed, bool readOnly)
    {
        var reading = ConfigurationReading.Read(parsed.GetValue(_config), parsed.GetValue(_mountPoint));
        return reading.Mistakes.IsEmpty
            ? DaemonPlan.Of(reading.Section, readOnly) with { Reading = reading }
            : new Failure(ExitCode.WrongUse, MistakePrinter.Lines(reading));
    }

    /// <summary>The command line of the daemon in the background: the same, with paths that hold in any working directory.</summary>
    private IEnumerable<string> Again(ParseResult parsed)
    {
        yield return "mount";
        if (parsed.GetValue(_verbose)) yield return "--verbose";
        if (parsed.GetValue(_readOnly)) yield return "--read-only";
        if (parsed.GetValue(_url) is { } url)
        {
            yield return url;
            yield return Path.GetFullPath(parsed.GetValue(_folder)!);
            yield break;
        }

        var (named, file) = (parsed.GetValue(_config), ConfigurationFile.Find(parsed.GetValue(_config)));
        if (ConfigurationFile.IsNamed(named) || File.Exists(file))
        {
            yield return "--config";
            yield return file;
        }

        if (parsed.GetValue(_mountPoint) is not { } mountPoint) yield break;
        yield return "--mount-point";
        yield return Path.GetFullPath(mountPoint);
    }

    private void Announce(string line)
    {
        if (BackgroundChild.IsThisProcess)
        {
            BackgroundChild.Tell(line);
            return;
        }

        try
        {
            terminal.Output.WriteLine(line);
            terminal.Output.Flush();
        }
        catch (UnwritableOutputException)
        {
            // Daemons are started with standard output closed; the view can be used all the same.
        }
    }

    private void Warn(string line)
    {
        TellStarter(BackgroundChild.WarningMark, line);
        terminal.Complain(line);
    }

    private int Report(Failure failure)
    {
        foreach (var line in failure.Lines)
            TellStarter(BackgroundChild.FailureMark, line);
        return terminal.Report(failure);
    }

    private void TellStarter(string mark, string line)
    {
        if (!BackgroundChild.IsThisProcess) return;
        terminal.Output.WriteLine(mark + line);
        terminal.Output.Flush();
    }

    private static Failure? FolderProblem(string folder)
    {
        try
        {
            OwnFolders.Make(folder);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new Failure(ExitCode.Failed, $"the folder {folder} cannot be made ({refused.Message}): choose another View.StateDirectory or Cache.Directory");
        }
    }
}
