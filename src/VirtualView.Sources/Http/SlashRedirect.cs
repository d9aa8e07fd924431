using System.Text;

namespace VirtualView.Sources.Http;

/// <summary>
/// Servers tell a directory from a file by redirecting to the address with a slash. Where it leads to does not matter:
/// behind a proxy or a forwarded port, nginx names its own host and port, which nobody may reach.
/// </summary>
internal static class SlashRedirect
{
    public static bool Adds(Uri current, string location) =>
        WrittenPath(location) is { } target && SameName(current.AbsolutePath + "/", target);

    public static bool Removes(Uri current, string location) =>
        HttpAddress.Resolve(current, location) is { } target && SameName(current.AbsolutePath, target.AbsolutePath + "/");

    // Both spellings of a name, escaped and raw, mean the same one. Header bytes arrive as Latin-1.
    private static bool SameName(string left, string right) => Decode(left).AsSpan().SequenceEqual(Decode(right));

    private static byte[] Decode(string path) => PercentEncoding.Decode(Encoding.Latin1.GetBytes(path));

    // As it is written, for .NET would take raw bytes for characters. Null if it is relative.
    private static string? WrittenPath(string location)
    {
        var scheme = location.IndexOf("://", StringComparison.Ordinal);
        var path = scheme < 0 ? location : location[(scheme + 3)..];
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || (scheme < 0 && slash > 0)) return null;
        path = path[slash..];
        var end = path.AsSpan().IndexOfAny('?', '#');
        return end < 0 ? path : path[..end];
    }
}
