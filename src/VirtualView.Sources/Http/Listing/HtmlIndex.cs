using VirtualView.Core.Sources;

namespace VirtualView.Sources.Http.Listing;

/// <summary>
/// The index pages of nginx, Apache, lighttpd and Python: names only. Sizes are rounded there and times lack seconds and
/// zone, so nothing of them is taken.
/// </summary>
internal static class HtmlIndex
{
    public static (HtmlIndexState State, List<SourceEntry> Entries) Read(ReadOnlyMemory<byte> page)
    {
        var entries = new EntryCollector();
        var scanner = new HtmlScanner(page.Span);
        var saysIndex = false;
        var isClosed = false;
        while (scanner.MoveNext())
        {
            if (scanner.IsTag("title"u8) || scanner.IsTag("h1"u8)) saysIndex |= SaysIndex(scanner.TextAfter());
            else if (scanner.IsTag("/html"u8)) isClosed = true;
            else if (scanner.IsTag("a"u8)) AddLink(scanner.Attribute("href"u8), entries);
        }

        var state = !saysIndex ? HtmlIndexState.NoIndex : isClosed ? HtmlIndexState.Complete : HtmlIndexState.EndsEarly;
        return (state, entries.Entries);
    }

    private static void AddLink(ReadOnlySpan<byte> escaped, EntryCollector entries)
    {
        ReadOnlySpan<byte> href = HtmlText.Unescape(escaped);
        var isRelative = href.StartsWith("./"u8);
        if (isRelative) href = href[2..];
        var isDirectory = href.EndsWith("/"u8);
        if (isDirectory) href = href[..^1];
        // Empty: the directory itself. With a slash: elsewhere. With ? or #: Apache's sorting, not an entry.
        if (href.IsEmpty || href.IndexOfAny((byte)'/', (byte)'?', (byte)'#') >= 0 || (!isRelative && HasScheme(href))) return;
        entries.Add(PercentEncoding.Decode(href), name => new SourceEntry(name, isDirectory ? EntryKind.Directory : EntryKind.File));
    }

    private static bool SaysIndex(ReadOnlySpan<byte> text) =>
        HtmlText.ContainsIgnoringCase(text, "index of"u8) || HtmlText.ContainsIgnoringCase(text, "directory listing"u8);

    // "mailto:a" leads elsewhere, and so by the standard would "a:b"; a server that means a name escapes the colon.
    private static bool HasScheme(ReadOnlySpan<byte> href)
    {
        var colon = href.IndexOf((byte)':');
        if (colon <= 0 || !char.IsAsciiLetter((char)href[0])) return false;
        foreach (var value in href[..colon])
        {
            if (!char.IsAsciiLetterOrDigit((char)value) && value is not ((byte)'+' or (byte)'-' or (byte)'.')) return false;
        }

        return true;
    }
}
