using VirtualView.Core.Paths;

namespace VirtualView.Cli.Daemons;

/// <summary>Arguments of this process as they were given, as <see cref="RawText"/>.</summary>
internal static class RawArgument
{
    /// <summary>.NET has replaced bytes that are no UTF-8; the kernel still has them.</summary>
    public static string Of(string argument)
    {
        if (!argument.Contains('\uFFFD', StringComparison.Ordinal)) return RawText.FromText(argument);
        var given = RawText.FromBytes(File.ReadAllBytes("/proc/self/cmdline")).Split('\0');
        return given.LastOrDefault(raw => RawText.ToText(raw) == argument) ?? RawText.FromText(argument);
    }
}
