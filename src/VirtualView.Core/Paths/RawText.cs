using System.Text;

namespace VirtualView.Core.Paths;

/// <summary>
/// Paths as the kernel has them: any bytes. Each byte is kept as one character of the same number, so that what is not
/// UTF-8 survives; only what meets people or .NET's own file calls is decoded.
/// </summary>
public static class RawText
{
    public static string FromBytes(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    public static byte[] ToBytes(string raw) => Encoding.Latin1.GetBytes(raw);

    public static string FromText(string text) => FromBytes(Encoding.UTF8.GetBytes(text));

    public static string ToText(string raw) => Encoding.UTF8.GetString(ToBytes(raw));
}
