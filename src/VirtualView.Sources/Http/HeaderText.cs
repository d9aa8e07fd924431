using System.Buffers;

namespace VirtualView.Sources.Http;

/// <summary>What may stand in a header (RFC 9110, section 5): a line break in a value would end the header.</summary>
internal static class HeaderText
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool IsName(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(NameCharacters);

    public static bool IsValue(string text) => text.All(character => character is '\t' or (>= ' ' and <= '~'));
}
