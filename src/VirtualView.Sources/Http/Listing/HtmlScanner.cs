using System.Buffers;
using System.Text;

namespace VirtualView.Sources.Http.Listing;

/// <summary>Walks over the tags of a page. Comments, scripts and styles are skipped: what looks like a tag there is none.</summary>
internal ref struct HtmlScanner(ReadOnlySpan<byte> page)
{
    private static readonly SearchValues<byte> NameEnd = SearchValues.Create(" \t\r\n\f>"u8);
    private static readonly SearchValues<byte> AttributeNameEnd = SearchValues.Create(" \t\r\n\f/="u8);
    private static readonly SearchValues<byte> Space = SearchValues.Create(" \t\r\n\f"u8);

    private ReadOnlySpan<byte> _rest = page;
    private ReadOnlySpan<byte> _name;
    private ReadOnlySpan<byte> _attributes;

    /// <summary>False after the last whole tag.</summary>
    public bool MoveNext()
    {
        while (true)
        {
            if (IsTag("script"u8)) SkipTo("</script"u8);
            else if (IsTag("style"u8)) SkipTo("</style"u8);
            var open = _rest.IndexOf((byte)'<');
            if (open < 0) return false;
            _rest = _rest[(open + 1)..];
            if (_rest.StartsWith("!--"u8)) SkipTo("-->"u8);
            else if (!_rest.IsEmpty && (char.IsAsciiLetter((char)_rest[0]) || _rest[0] == '/')) return TakeTag();
        }
    }

    /// <param name="lowerCase">The name, with a slash before it for a closing tag.</param>
    public readonly bool IsTag(scoped ReadOnlySpan<byte> lowerCase) => Ascii.EqualsIgnoreCase(_name, lowerCase);

    /// <summary>The text from this tag to the next.</summary>
    public readonly ReadOnlySpan<byte> TextAfter() => _rest.IndexOf((byte)'<') is var end and >= 0 ? _rest[..end] : _rest;

    /// <summary>The value of an attribute as it is written; empty if there is none.</summary>
    public readonly ReadOnlySpan<byte> Attribute(scoped ReadOnlySpan<byte> lowerCase)
    {
        var rest = _attributes;
        while (TakeAttribute(ref rest, out var name, out var value))
        {
            if (Ascii.EqualsIgnoreCase(name, lowerCase)) return value;
        }

        return default;
    }

    private bool TakeTag()
    {
        var nameLength = _rest.IndexOfAny(NameEnd);
        var end = FindEnd(_rest);
        if (nameLength < 0 || end < 0)
        {
            _rest = _name = default;
            return false;
        }

        _name = _rest[..nameLength];
        _attributes = _rest[nameLength..end];
        _rest = _rest[(end + 1)..];
        return true;
    }

    private void SkipTo(scoped ReadOnlySpan<byte> end)
    {
        _name = default;
        while (!_rest.IsEmpty && !(_rest.Length >= end.Length && Ascii.EqualsIgnoreCase(_rest[..end.Length], end)))
            _rest = _rest[1..];
    }

    // A '>' between quotes belongs to a value.
    private static int FindEnd(ReadOnlySpan<byte> tag)
    {
        byte quote = 0;
        for (var at = 0; at < tag.Length; at++)
        {
            if (quote != 0) quote = tag[at] == quote ? (byte)0 : quote;
            else if (tag[at] == '>') return at;
            else if (tag[at] is (byte)'"' or (byte)'\'' && at > 0 && tag[at - 1] is (byte)'=' or (byte)' ') quote = tag[at];
        }

        return -1;
    }

    private static bool TakeAttribute(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        rest = rest.TrimStart(" \t\r\n\f/"u8);
        var end = rest.IndexOfAny(AttributeNameEnd);
        name = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[end..].TrimStart(" \t\r\n\f"u8);
        if (!rest.StartsWith("="u8)) return !name.IsEmpty;
        rest = rest[1..].TrimStart(" \t\r\n\f"u8);
        var isQuoted = !rest.IsEmpty && rest[0] is (byte)'"' or (byte)'\'';
        var close = isQuoted ? rest[1..].IndexOf(rest[0]) + 1 : rest.IndexOfAny(Space);
        if (close <= 0) close = rest.Length;
        value = isQuoted ? rest[1..close] : rest[..close];
        rest = rest[Math.Min(rest.Length, isQuoted ? close + 1 : close)..];
        return true;
    }
}
