using System.Diagnostics;
using System.Globalization;

namespace VirtualView.Tools;

/// <summary>Time on the link: nanoseconds of the monotonic clock, and durations as users write them.</summary>
internal static class LinkTime
{
    public const long Never = long.MaxValue;

    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    /// <summary>Now, on the clock that the kernel's timers use.</summary>
    public static long Now => (long)(Stopwatch.GetTimestamp() * NanosecondsPerTick);

    public static long Nanoseconds(this TimeSpan duration) => duration.Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Reads <c>30ms</c>, <c>250us</c>, <c>1.5s</c> or <c>0</c>.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text == "0")
            return true;
        var (digits, ticks) = text switch
        {
            [.. var head, 'm', 's'] => (head, (double)TimeSpan.TicksPerMillisecond),
            [.. var head, 'u', 's'] => (head, TimeSpan.TicksPerMicrosecond),
            [.. var head, 's'] => (head, TimeSpan.TicksPerSecond),
            _ => ("", 0),
        };
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || number is not (>= 0 and <= 3600_000))
            return false;
        duration = TimeSpan.FromTicks((long)(number * ticks));
        return true;
    }
}
