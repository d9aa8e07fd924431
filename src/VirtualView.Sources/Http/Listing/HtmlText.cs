using System.Globalization;
using System.Text;

namespace VirtualView.Sources.Http.Listing;

/// <summary>Text in HTML, as bytes.</summary>
internal static class HtmlText
{
    // "&#x10FFFF;" is the longest reference that matters.
    private const int LongestReference = 10;

    /// <summary>Replaces the character references that can stand in a link.</summary>
    public static byte[] Unescape(ReadOnlySpan<byte> text)
    {
        var bytes = new List<byte>(text.Length);
        while (!text.IsEmpty)
        {
            var ampersand = text.IndexOf((byte)'&');
            if (ampersand < 0) break;
            bytes.AddRange(text[..ampersand]);
            text = text[ampersand..];
            var end = text[..Math.Min(text.Length, LongestReference)].IndexOf((byte)';');
            var rune = end > 0 ? RuneOf(text[1..end]) : null;
            if (rune is { } known) AppendUtf8(bytes, known);
            else bytes.Add((byte)'&');
            text = text[(rune is null ? 1 : end + 1)..];
        }

        bytes.AddRange(text);
        return [.. bytes];
    }

    public static bool ContainsIgnoringCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase)
    {
        for (; text.Length >= lowerCase.Length; text = text[1..])
        {
            if (Ascii.EqualsIgnoreCase(text[..lowerCase.Length], lowerCase)) return true;
        }

        return false;
    }

    private static Rune? RuneOf(ReadOnlySpan<byte> reference)
    {
        if (reference.SequenceEqual("amp"u8)) return new Rune('&');
        if (reference.SequenceEqual("lt"u8)) return new Rune('<');
        if (reference.SequenceEqual("gt"u8)) return new Rune('>');
        if (reference.SequenceEqual("quot"u8)) return new Rune('"');
        if (reference.SequenceEqual("apos"u8)) return new Rune('\'');
        if (!reference.StartsWith("#"u8)) return null;
        var isHex = reference.Length > 1 && (reference[1] | 0x20) == 'x';
        return int.TryParse(
                reference[(isHex ? 2 : 1)..], isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && Rune.IsValid(value)
                ? new Rune(value)
                : null;
    }

    private static void AppendUtf8(List<byte> bytes, Rune rune)
    {
        Span<byte> utf8 = stackalloc byte[4];
        bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
    }
}
