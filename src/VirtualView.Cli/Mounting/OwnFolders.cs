namespace VirtualView.Cli.Mounting;

/// <summary>Makes the folders of a daemon so that nobody else may enter, those on the way too.</summary>
internal static class OwnFolders
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void Make(string folder)
    {
        // The names of views and addresses in it are nobody else's business. What was made open before is closed.
        if (OursAbove(folder) is { } ours)
        {
            Directory.CreateDirectory(ours, OwnerOnly);
            if (File.GetUnixFileMode(ours) != OwnerOnly) File.SetUnixFileMode(ours, OwnerOnly);
        }

        Directory.CreateDirectory(folder, OwnerOnly);
    }

    /// <summary>The folder that all our default ones of a kind lie in; null for one that was named.</summary>
    private static string? OursAbove(string folder) => new[] { XdgFolders.State, XdgFolders.Cache }
        .Select(home => Path.Combine(home, "virtualview"))
        .FirstOrDefault(ours => folder.StartsWith(ours + "/", StringComparison.Ordinal));
}
