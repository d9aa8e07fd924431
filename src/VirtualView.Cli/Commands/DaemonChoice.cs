using VirtualView.Cli.Configuration;
using VirtualView.Cli.Configuration.Reading;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Printing;

namespace VirtualView.Cli.Commands;

/// <summary>Which daemon a command means.</summary>
internal static class DaemonChoice
{
    /// <summary>That of a folder; without one that of the configuration if one is named, else the only one there is.</summary>
    public static Attempt<FoundDaemon> Choose(string? folder, string? config)
    {
        var finder = DaemonFinder.OfThisMachine();
        if (folder is not null) return finder.At(folder);
        var named = config ?? Environment.GetEnvironmentVariable(ConfigurationFile.Variable);
        if (!string.IsNullOrEmpty(named)) return OfConfiguration(finder, named);
        return finder.All.Length > 1 && File.Exists(ConfigurationFile.DefaultName)
            ? OfConfiguration(finder, ConfigurationFile.DefaultName)
            : finder.Only();
    }

    /// <summary>As <see cref="Choose"/>; but where that could not tell which one is meant, all there are.</summary>
    public static Attempt<IReadOnlyList<FoundDaemon>> ChooseAll(string? folder, string? config)
    {
        var finder = DaemonFinder.OfThisMachine();
        var isOneNamed = folder is not null || config is not null
            || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(ConfigurationFile.Variable)) || File.Exists(ConfigurationFile.DefaultName);
        if (!isOneNamed && finder.All.Length > 1)
            return Attempt<IReadOnlyList<FoundDaemon>>.Of([.. finder.All.OrderBy(daemon => daemon.MountPoint, StringComparer.Ordinal).Select(daemon => new FoundDaemon(daemon, "/"))]);
        var one = Choose(folder, config);
        return one.IsOk ? Attempt<IReadOnlyList<FoundDaemon>>.Of([one.Value]) : one.Failure;
    }

    private static Attempt<FoundDaemon> OfConfiguration(DaemonFinder finder, string file)
    {
        var reading = ConfigurationReading.Read(file, mountPoint: null);
        if (reading.Origins is null) return new Failure(ExitCode.WrongUse, MistakePrinter.Lines(reading));
        return reading.Section.View.MountPoint is { Length: > 0 } mountPoint
            ? finder.At(mountPoint)
            : new Failure(ExitCode.WrongUse, $"{reading.File} names no View.MountPoint: give DIR, or mend it ('virtualview config check')");
    }
}
