using System.Globalization;

namespace VirtualView.Core.Units;

/// <summary>An amount of bytes, written as <c>256 KiB</c>, <c>1.5 GB</c> or <c>4096</c>.</summary>
public readonly record struct ByteSize(long Bytes)
{
    private static readonly (string Name, long Bytes)[] Units =
    [
        ("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10),
        ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000), ("B", 1),
    ];

    /// <summary>False when the text is no size, is negative, or is past 2^63-1 bytes.</summary>
    public static bool TryParse(string? text, out ByteSize size)
    {
        size = default;
        if (text is null) return false;
        var number = text.Trim();
        var factor = 1L;
        foreach (var (name, bytes) in Units)
        {
            if (!number.EndsWith(name, StringComparison.Ordinal)) continue;
            (number, factor) = (number[..^name.Length].TrimEnd(), bytes);
            break;
        }

        const NumberStyles plain = NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(number, plain, CultureInfo.InvariantCulture, out var value)) return false;
        if (value > (decimal)long.MaxValue / factor) return false;
        size = new ByteSize((long)(value * factor));
        return true;
    }

    /// <summary>In the largest unit of which it is a whole number: <c>200 GB</c>, <c>1536 MiB</c>. Read back it is the same size.</summary>
    public string ToExactString()
    {
        var size = Bytes;
        var (name, bytes) = Units.Where(unit => size >= unit.Bytes && size % unit.Bytes == 0).DefaultIfEmpty(Units[^1]).MaxBy(unit => unit.Bytes);
        return string.Create(CultureInfo.InvariantCulture, $"{size / bytes} {name}");
    }

    /// <summary>The largest binary unit that leaves at least 1, with at most two decimals: <c>1.5 GiB</c>.</summary>
    public override string ToString()
    {
        foreach (var (name, bytes) in Units.AsSpan(0, 4))
        {
            if (Bytes >= bytes)
                return string.Create(CultureInfo.InvariantCulture, $"{(double)Bytes / bytes:0.##} {name}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Bytes} B");
    }
}
