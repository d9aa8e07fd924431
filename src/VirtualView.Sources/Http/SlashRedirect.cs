using System.Text;

namespace VirtualView.Sources.Http;

/// <summary>
/// Servers tell a directory from a file by redirecting to the address with a slash. Where it leads to does not matter:
/// behind a proxy or a forwarded port, nginx names its own host and port, which nobody may reach.
/// </summary>
internal static class SlashRedirect
{
    public static bool Adds(Uri current, string location) => PathOf(location) is { } to && Same(PathOf(current) + "/", to);

    public static bool Removes(Uri current, string location) =>
        PathOf(Resolved(current, location)) is { } to && Same(PathOf(current), to + "/");

    // Both spellings of a name, escaped and raw, mean the same one. Header bytes arrive as Latin-1.
    private static bool Same(string? left, string right) =>
        left is not null && Decode(left).AsSpan().SequenceEqual(Decode(right));

    private static byte[] Decode(string path) => PercentEncoding.Decode(Encoding.Latin1.GetBytes(path));

    private static string? PathOf(Uri? address) => address?.AbsolutePath;

    private static string? PathOf(string location)
    {
        var from = location.IndexOf("://", StringComparison.Ordinal);
        var path = from < 0 ? location : location[(from + 3)..];
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || (from < 0 && slash > 0)) return null;
        path = path[slash..];
        var end = path.AsSpan().IndexOfAny('?', '#');
        return end < 0 ? path : path[..end];
    }

    private static Uri? Resolved(Uri current, string location) => HttpAddress.Resolve(current, location);
}
