namespace VirtualView.Cli.Mounting;

/// <summary>The folders of the XDG base directory specification, for root as for everyone.</summary>
internal static class XdgFolders
{
    public static string State => Of("XDG_STATE_HOME", ".local/state");

    public static string Cache => Of("XDG_CACHE_HOME", ".cache");

    // The specification: a relative path in the variable is to be ignored.
    private static string Of(string variable, string belowHome) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } folder && folder[0] == '/'
            ? folder.TrimEnd('/')
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), belowHome);
}
