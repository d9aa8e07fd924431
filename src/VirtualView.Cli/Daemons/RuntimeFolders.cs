using VirtualView.Cli.Mounting;
using VirtualView.Service.Sockets;

namespace VirtualView.Cli.Daemons;

/// <summary>
/// Where daemons leave their records. A daemon writes to the first folder that it can make; who looks for one reads
/// them all, because a login session and a cron job of one user have different environments.
/// </summary>
internal static class RuntimeFolders
{
    private const string SystemFolder = "/run/virtualview";

    public static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } session) yield return $"{session}/virtualview";
        yield return $"/run/user/{ProcessUser.EffectiveId}/virtualview";
        yield return SystemFolder;
        yield return $"{XdgFolders.State}/virtualview/run";
    }

    /// <summary>Folders of other users that root may look into as well.</summary>
    public static IEnumerable<string> OfOthers()
    {
        if (ProcessUser.EffectiveId != 0 || !Directory.Exists("/run/user")) return [];
        return Directory.EnumerateDirectories("/run/user").Select(user => $"{user}/virtualview");
    }
}
