using CsCheck;
using VirtualView.Core.Units;

namespace VirtualView.Core.Tests.Units;

public sealed class UnixTimeTests
{
    [Fact]
    public void Seconds_and_nanoseconds_make_the_time_again() =>
        Gen.Long.Select(at => new UnixTime(at)).Sample(time =>
            time.SubsecondNanoseconds is >= 0 and < 1_000_000_000 && UnixTime.FromSeconds(time.Seconds, time.SubsecondNanoseconds) == time);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1_500_000_000, 1, 500_000_000)]
    [InlineData(-1, -1, 999_999_999)]
    [InlineData(-1_000_000_000, -1, 0)]
    [InlineData(-1_000_000_001, -2, 999_999_999)]
    [InlineData(long.MinValue, -9_223_372_037, 145_224_192)]
    [InlineData(long.MaxValue, 9_223_372_036, 854_775_807)]
    public void Seconds_are_rounded_down_also_before_1970(long nanoseconds, long seconds, int rest)
    {
        var time = new UnixTime(nanoseconds);
        Assert.Equal((seconds, rest), (time.Seconds, time.SubsecondNanoseconds));
    }

    [Fact]
    public void A_date_is_the_time_rounded_down_to_100_ns() =>
        Gen.Long.Sample(nanoseconds =>
        {
            var rounded = UnixTime.From(new UnixTime(nanoseconds).ToDateTimeOffset());
            var lost = (decimal)nanoseconds - rounded.Nanoseconds;

            // The very first 100 ns lie before what a long can say.
            return lost is >= 0 and < 100 || rounded.Nanoseconds == long.MinValue;
        });

    [Theory]
    [InlineData("0001-01-01", long.MinValue)]
    [InlineData("9999-12-31", long.MaxValue)]
    public void A_date_that_does_not_fit_is_the_nearest_that_does(string date, long nanoseconds) =>
        Assert.Equal(nanoseconds, UnixTime.From(DateTimeOffset.Parse(date, System.Globalization.CultureInfo.InvariantCulture)).Nanoseconds);

    [Fact]
    public void Seconds_that_do_not_fit_are_the_nearest_that_do()
    {
        Assert.Equal(long.MaxValue, UnixTime.FromSeconds(long.MaxValue).Nanoseconds);
        Assert.Equal(long.MinValue, UnixTime.FromSeconds(long.MinValue, 999_999_999).Nanoseconds);
    }

    [Fact]
    public void The_difference_of_any_two_times_fits() =>
        Gen.Select(Gen.Long, Gen.Long).Sample((a, b) =>
            (new UnixTime(a) - new UnixTime(b)).Ticks == (long)(((Int128)a - b) / 100)
            && new UnixTime(a) < new UnixTime(b) == a < b && new UnixTime(a) >= new UnixTime(b) == a >= b
            && new UnixTime(a) > new UnixTime(b) == a > b && new UnixTime(a) <= new UnixTime(b) == a <= b
            && new UnixTime(a).CompareTo(new UnixTime(b)) == a.CompareTo(b));

    [Fact]
    public void Text_is_universal_time() => Assert.Equal("1969-12-31T23:59:59.9999999Z", new UnixTime(-1).ToString());
}
