using System.Globalization;

namespace VirtualView.Tools;

/// <summary>How fast bytes enter a link. <see cref="Unlimited"/> adds no time at all.</summary>
public readonly record struct LinkRate(long BitsPerSecond)
{
    public static readonly LinkRate Unlimited = new(0);

    // Longer units first: "Mbit" also ends in "bit".
    private static readonly (string Suffix, double Bits)[] Units =
        [("Gbit", 1e9), ("Mbit", 1e6), ("kbit", 1e3), ("bit", 1), ("GB", 8e9), ("MB", 8e6), ("kB", 8e3)];

    // On Ethernet 1448 bytes of TCP payload travel in 1538 bytes of headers, preamble and gap: 1 Gbit/s carries 117.7 MB/s.
    private const double WireBytesPerByte = 1538 / 1448.0;

    public bool IsUnlimited => BitsPerSecond == 0;

    /// <summary>The time in nanoseconds that <paramref name="bytes"/> of payload occupy the link.</summary>
    public long NanosecondsFor(long bytes) => IsUnlimited ? 0 : (long)(bytes * WireBytesPerByte * 8e9 / BitsPerSecond);

    /// <summary>The bytes of payload that pass in <paramref name="nanoseconds"/>.</summary>
    public long BytesIn(long nanoseconds) =>
        IsUnlimited ? long.MaxValue : (long)(BitsPerSecond / 8e9 / WireBytesPerByte * nanoseconds);

    /// <summary>Reads <c>1Gbit</c>, <c>100Mbit</c>, <c>12.5MB</c> (a second, decimal) or <c>unlimited</c>.</summary>
    public static bool TryParse(string text, out LinkRate rate)
    {
        rate = Unlimited;
        if (text is "unlimited" or "0")
            return true;
        foreach (var (suffix, bits) in Units)
        {
            if (!text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                continue;
            if (!double.TryParse(text[..^suffix.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                || number * bits is not (>= 1 and < 1e15))
                return false;
            rate = new LinkRate((long)(number * bits));
            return true;
        }
        return false;
    }

    public override string ToString() => IsUnlimited ? "unlimited"
        : BitsPerSecond % 1_000_000 == 0 ? $"{BitsPerSecond / 1_000_000}Mbit"
        : $"{BitsPerSecond}bit";
}
