using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace VirtualView.Sources.Http.Listing;

/// <summary>
/// The bytes of a JSON string. nginx writes the bytes of a name as they are, and they need not be UTF-8, which
/// <see cref="Utf8JsonReader.GetString"/> insists on.
/// </summary>
internal static class JsonText
{
    public static byte[] Unescape(ReadOnlySpan<byte> raw)
    {
        var backslash = raw.IndexOf((byte)'\\');
        if (backslash < 0) return raw.ToArray();
        var bytes = new List<byte>(raw.Length);
        while (backslash >= 0)
        {
            bytes.AddRange(raw[..backslash]);
            raw = raw[(backslash + 1)..];
            raw = raw[AppendEscape(raw, bytes)..];
            backslash = raw.IndexOf((byte)'\\');
        }

        bytes.AddRange(raw);
        return [.. bytes];
    }

    /// <summary>How many bytes after the backslash belong to it.</summary>
    private static int AppendEscape(ReadOnlySpan<byte> escape, List<byte> bytes)
    {
        if (escape[0] == 'u') return AppendCodePoint(escape, bytes);
        bytes.Add(escape[0] switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            var itself => itself,
        });
        return 1;
    }

    private static int AppendCodePoint(ReadOnlySpan<byte> escape, List<byte> bytes)
    {
        var length = 5;
        var first = (char)UnitAt(escape);
        if (!Rune.TryCreate(first, out var rune))
        {
            if (escape.Length < 11 || escape[5] != '\\' || escape[6] != 'u' || !Rune.TryCreate(first, (char)UnitAt(escape[6..]), out rune))
                throw new JsonException("a name holds half of a surrogate pair");
            length = 11;
        }

        Span<byte> utf8 = stackalloc byte[4];
        bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
        return length;
    }

    private static int UnitAt(ReadOnlySpan<byte> escape) =>
        Utf8Parser.TryParse(escape[1..5], out int unit, out var used, 'x') && used == 4
            ? unit
            : throw new JsonException("a name holds a broken escape");
}
