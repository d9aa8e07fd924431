using VirtualView.Cli.Configuration;
using VirtualView.Cli.Configuration.Reading;
using VirtualView.Cli.Daemons;

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

    private static Attempt<FoundDaemon> OfConfiguration(DaemonFinder finder, string file)
    {
        var reading = ConfigurationReading.Read(file, mountPoint: null);
        return reading.Section.View.MountPoint is { Length: > 0 } mountPoint
            ? finder.At(mountPoint)
            : new Failure(ExitCode.WrongUse, $"{reading.File} names no View.MountPoint: give DIR, or mend it ('virtualview config check')");
    }
}
