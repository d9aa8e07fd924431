using System.Globalization;
using System.Numerics;
using VirtualView.Core.Units;

namespace VirtualView.Sources.Http;

/// <summary>How much an ETag proves. Many servers make one of time and size and give it the strong form.</summary>
internal static class EntityTag
{
    /// <summary>Quoted and without <c>W/</c>: only such a tag may stand in If-Match.</summary>
    public static bool HasStrongForm(string tag) => tag.Length >= 2 && tag[0] == '"' && tag[^1] == '"';

    /// <summary>True when an equal tag means equal bytes.</summary>
    public static bool IsStrong(string tag, long sizeBytes, UnixTime? modifiedAt)
    {
        if (!HasStrongForm(tag)) return false;
        var inner = tag[1..^1];
        return !IsHexTimeAndSize(inner, sizeBytes, modifiedAt)
            && !IsBase36TimeAndSize(inner, sizeBytes, modifiedAt)
            && !IsMetadataHash(inner);
    }

    /// <summary>True for the tags of nginx and Apache, quotes and all, which say no more than size and time.</summary>
    public static bool IsTimeAndSize(string tag, long sizeBytes, UnixTime? modifiedAt) =>
        HasStrongForm(tag) && IsHexTimeAndSize(tag[1..^1], sizeBytes, modifiedAt);

    // nginx: time in s - size. Apache: size - time in us; older ones put the inode before. Without a Last-Modified to
    // compare with, the size alone betrays it.
    private static bool IsHexTimeAndSize(string inner, long sizeBytes, UnixTime? modifiedAt)
    {
        var parts = inner.Split('-');
        if (parts.Length is not (2 or 3)) return false;
        var numbers = new List<ulong>(parts.Length);
        foreach (var part in parts)
        {
            if (!ulong.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)) return false;
            numbers.Add(number);
        }

        return numbers.Contains((ulong)sizeBytes)
            && (modifiedAt is not { } time || numbers.Exists(number => IsTime(number, time.Seconds)));
    }

    private static bool IsTime(ulong number, long seconds) =>
        number == (ulong)seconds || number / 1_000_000 == (ulong)seconds;

    // Caddy: time in s (older) or ns (newer), then size, without anything between them.
    private static bool IsBase36TimeAndSize(string inner, long sizeBytes, UnixTime? modifiedAt)
    {
        var size = ToBase36(sizeBytes);
        if (modifiedAt is not { } time || !inner.EndsWith(size, StringComparison.Ordinal)) return false;
        var stamp = inner[..^size.Length];
        return stamp == ToBase36(time.Seconds)
            || (FromBase36(stamp) is { } nanoseconds && nanoseconds / 1_000_000_000 == time.Seconds);
    }

    // lighttpd: a 32- or 64-bit hash of inode, size and time, in decimal. No checksum of content looks like that.
    private static bool IsMetadataHash(string inner) => inner.Length is > 0 and <= 20 && inner.All(char.IsAsciiDigit);

    private static string ToBase36(long value)
    {
        var text = "";
        do
            (value, text) = (value / 36, "0123456789abcdefghijklmnopqrstuvwxyz"[(int)Math.Abs(value % 36)] + text);
        while (value != 0);
        return text;
    }

    private static BigInteger? FromBase36(string text)
    {
        if (text.Length is 0 or > 13) return null;
        var value = BigInteger.Zero;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character) && !char.IsAsciiLetterLower(character)) return null;
            value = (value * 36) + (char.IsAsciiDigit(character) ? character - '0' : character - 'a' + 10);
        }

        return value;
    }
}
