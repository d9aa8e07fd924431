using System.Text;
using VirtualView.Service.Sockets;

namespace VirtualView.Cli.Sessions;

/// <summary>How a mount namespace of one's own is made: by <c>unshare</c>, as a process with several threads cannot.</summary>
internal static class Namespace
{
    private const string Most = "/proc/sys/user/max_user_namespaces";
    private const string Unprivileged = "/proc/sys/kernel/unprivileged_userns_clone";

    /// <summary>Why this machine does not allow it; null where nothing speaks against it.</summary>
    public static Failure? Refusal() => ProcessUser.EffectiveId == 0 ? null : Reads(Most, "0")
        ? new Failure(ExitCode.Failed, $"this machine allows no user namespaces ({Most} is 0): run this as root, or ask the administrator")
        : Reads(Unprivileged, "0")
            ? new Failure(ExitCode.Failed, $"this machine allows no user namespaces without root ({Unprivileged} is 0): run this as root, or ask the administrator")
            : null;

    /// <summary>The beginning of a command line that runs what follows in it.</summary>
    public static byte[][] Command()
    {
        string[] words = ProcessUser.EffectiveId == 0
            ? ["unshare", "--mount", "--propagation", "private", "--"]
            : ["unshare", "--user", $"--map-user={ProcessUser.EffectiveId}", $"--map-group={ProcessUser.EffectiveGroupId}", "--keep-caps", "--mount", "--propagation", "private", "--"];
        return [.. words.Select(Encoding.UTF8.GetBytes)];
    }

    private static bool Reads(string file, string value)
    {
        try
        {
            return File.ReadAllText(file).Trim() == value;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
