using System.Text;

namespace VirtualView.Sources.Http;

/// <summary>Bytes in a URL's path: everything but the unreserved characters of RFC 3986 stands as <c>%NN</c>.</summary>
internal static class PercentEncoding
{
    private const string Digits = "0123456789ABCDEF";

    public static void Append(StringBuilder url, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
                url.Append((char)value);
            else
                url.Append('%').Append(Digits[value >> 4]).Append(Digits[value & 15]);
        }
    }

    /// <summary>A percent sign without two digits stands for itself, as browsers take it.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> encoded)
    {
        var bytes = new byte[encoded.Length];
        var count = 0;
        for (var at = 0; at < encoded.Length; at++)
        {
            if (encoded[at] == '%' && at + 2 < encoded.Length
                && char.IsAsciiHexDigit((char)encoded[at + 1]) && char.IsAsciiHexDigit((char)encoded[at + 2]))
            {
                bytes[count++] = (byte)((Digit(encoded[at + 1]) << 4) | Digit(encoded[at + 2]));
                at += 2;
            }
            else
            {
                bytes[count++] = encoded[at];
            }
        }

        return bytes[..count];
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
