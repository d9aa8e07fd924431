using System.Globalization;

namespace VirtualView.Core.Units;

/// <summary>
/// A time as file systems keep it: nanoseconds since 1970-01-01 UTC, before it when negative. Reaches from 1677 to 2262.
/// </summary>
public readonly record struct UnixTime(long Nanoseconds) : IComparable<UnixTime>
{
    private const long NanosecondsPerTick = 100;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Whole seconds, rounded down, as <c>st_mtim.tv_sec</c>.</summary>
    public long Seconds => Math.DivRem(Nanoseconds, NanosecondsPerSecond) is var (seconds, rest) && rest < 0 ? seconds - 1 : seconds;

    /// <summary>0 to 999,999,999, as <c>st_mtim.tv_nsec</c>.</summary>
    public int SubsecondNanoseconds => (int)(Nanoseconds - (Seconds * NanosecondsPerSecond));

    /// <summary>A time that does not fit becomes the first or last that does: servers claim the strangest years.</summary>
    public static UnixTime FromSeconds(long seconds, int nanoseconds = 0) =>
        new(long.CreateSaturating(((Int128)seconds * NanosecondsPerSecond) + nanoseconds));

    /// <inheritdoc cref="FromSeconds"/>
    public static UnixTime From(DateTimeOffset time) =>
        new(long.CreateSaturating((Int128)(time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * NanosecondsPerTick));

    /// <summary>Rounded down to 100 ns.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.UnixEpoch.AddTicks(FloorToTicks(Nanoseconds));

    public int CompareTo(UnixTime other) => Nanoseconds.CompareTo(other.Nanoseconds);

    public override string ToString() => ToDateTimeOffset().ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    public static TimeSpan operator -(UnixTime left, UnixTime right) =>
        TimeSpan.FromTicks((long)(((Int128)left.Nanoseconds - right.Nanoseconds) / NanosecondsPerTick));

    public static bool operator <(UnixTime left, UnixTime right) => left.Nanoseconds < right.Nanoseconds;

    public static bool operator >(UnixTime left, UnixTime right) => left.Nanoseconds > right.Nanoseconds;

    public static bool operator <=(UnixTime left, UnixTime right) => left.Nanoseconds <= right.Nanoseconds;

    public static bool operator >=(UnixTime left, UnixTime right) => left.Nanoseconds >= right.Nanoseconds;

    private static long FloorToTicks(long nanoseconds) =>
        Math.DivRem(nanoseconds, NanosecondsPerTick) is var (ticks, rest) && rest < 0 ? ticks - 1 : ticks;
}
