using System.Globalization;

namespace VirtualView.Core.Units;

/// <summary>Reads durations as <c>00:00:30</c>, <c>1.02:00:00</c>, <c>250ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c> or <c>7d</c>.</summary>
public static class Duration
{
    private static readonly (string Name, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400)];

    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (text is null) return false;
        text = text.Trim();
        foreach (var (name, seconds) in Units)
        {
            if (!text.EndsWith(name, StringComparison.Ordinal)) continue;
            if (!double.TryParse(text[..^name.Length].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return false;
            if (!(value >= 0 && value * seconds <= TimeSpan.MaxValue.TotalSeconds / 2)) return false; // neither NaN
            duration = TimeSpan.FromSeconds(value * seconds);
            return true;
        }

        // The exact form: without it 24:00:00 would be 24 days, and 10:30 ten hours.
        return text.Count(':') == 2
            && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration)
            && duration >= TimeSpan.Zero;
    }
}
