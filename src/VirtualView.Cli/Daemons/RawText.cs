using System.Text;

namespace VirtualView.Cli.Daemons;

/// <summary>
/// Paths as the kernel has them: any bytes. Each byte is kept as one character of the same number, so that what is not
/// UTF-8 survives; only what meets people or .NET's own file calls is decoded.
/// </summary>
internal static class RawText
{
    public static string FromBytes(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    public static byte[] ToBytes(string raw) => Encoding.Latin1.GetBytes(raw);

    public static string FromText(string text) => FromBytes(Encoding.UTF8.GetBytes(text));

    public static string ToText(string raw) => Encoding.UTF8.GetString(ToBytes(raw));

    /// <summary>
    /// An argument of this process as it was given. .NET has replaced bytes that are no UTF-8; the kernel still has them.
    /// </summary>
    public static string FromArgument(string argument)
    {
        if (!argument.Contains('\uFFFD', StringComparison.Ordinal)) return FromText(argument);
        var given = FromBytes(File.ReadAllBytes("/proc/self/cmdline")).Split('\0');
        return given.LastOrDefault(raw => ToText(raw) == argument) ?? FromText(argument);
    }
}
