using VirtualView.Cli.Configuration.Reading;

namespace VirtualView.Cli.Configuration.Checks;

/// <summary>Rules for paths of this machine. None touches the disk: a hung mount must not hang a check.</summary>
internal static class PathChecks
{
    /// <summary>True for an absolute path; false without a mistake where there is none at all.</summary>
    public static bool Absolute(string? path, KeyPath key, MistakeList mistakes)
    {
        if (path is null) return false;
        if (path.StartsWith('/') && !path.Contains('\0', StringComparison.Ordinal)) return true;
        mistakes.Add(key, $"'{path}' is not an absolute path; write it from / on");
        return false;
    }

    /// <summary>The daemon must not need its own mount to serve it.</summary>
    public static void Outside(string? path, string? mountPoint, KeyPath key, MistakeList mistakes)
    {
        if (path is null || mountPoint?.StartsWith('/') != true) return;
        if (Holds(mountPoint, path))
            mistakes.Add(key, $"'{path}' lies inside the mount point {mountPoint}, so the daemon would wait for itself; move one of them");
    }

    /// <summary>True when <paramref name="inner"/> is <paramref name="outer"/> or lies below it.</summary>
    public static bool Holds(string outer, string inner)
    {
        var (above, below) = (Path.GetFullPath(outer).TrimEnd('/') + "/", Path.GetFullPath(inner).TrimEnd('/') + "/");
        return below.StartsWith(above, StringComparison.Ordinal);
    }
}
