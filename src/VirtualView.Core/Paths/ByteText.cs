using System.Buffers;
using System.Globalization;
using System.Text;

namespace VirtualView.Core.Paths;

/// <summary>
/// Shows the bytes of a name as text that can be read back: valid printable UTF-8 as it is, a backslash as
/// <c>\\</c>, every other byte as <c>\xNN</c>.
/// </summary>
public static class ByteText
{
    public static string Show(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out var rune, out var consumed);
            if (status == OperationStatus.Done && IsPrintable(rune))
                text.Append(rune.Value == '\\' ? @"\\" : rune.ToString());
            else
                AppendEscaped(text, bytes[..consumed]);
            bytes = bytes[consumed..];
        }

        return text.ToString();
    }

    /// <summary>The bytes that <see cref="Show"/> made <paramref name="text"/> from.</summary>
    /// <exception cref="FormatException">A backslash is followed by neither <c>\</c> nor <c>xNN</c>.</exception>
    public static byte[] Parse(string text)
    {
        var bytes = new List<byte>(text.Length);
        var plainFrom = 0;
        for (var at = text.IndexOf('\\'); at >= 0; at = text.IndexOf('\\', plainFrom))
        {
            bytes.AddRange(Encoding.UTF8.GetBytes(text[plainFrom..at]));
            bytes.Add(ParseEscape(text, at, out plainFrom));
        }

        bytes.AddRange(Encoding.UTF8.GetBytes(text[plainFrom..]));
        return [.. bytes];
    }

    private static bool IsPrintable(Rune rune) => !Rune.IsControl(rune) && rune != Rune.ReplacementChar;

    private static void AppendEscaped(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            text.Append(CultureInfo.InvariantCulture, $"\\x{value:X2}");
    }

    private static byte ParseEscape(string text, int backslash, out int next)
    {
        if (backslash + 1 < text.Length && text[backslash + 1] == '\\')
        {
            next = backslash + 2;
            return (byte)'\\';
        }

        if (backslash + 3 < text.Length && text[backslash + 1] == 'x'
            && byte.TryParse(text.AsSpan(backslash + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            next = backslash + 4;
            return value;
        }

        throw new FormatException($"'{text}' has a backslash at {backslash} that is followed by neither '\\' nor 'xNN'");
    }
}
