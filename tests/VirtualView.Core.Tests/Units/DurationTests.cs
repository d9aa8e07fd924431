using CsCheck;
using VirtualView.Core.Units;

namespace VirtualView.Core.Tests.Units;

public sealed class DurationTests
{
    [Theory]
    [InlineData("00:00:30", 30)]
    [InlineData("1.02:00:00", 93600)]
    [InlineData("00:00:00.25", 0.25)]
    [InlineData("250ms", 0.25)]
    [InlineData("30s", 30)]
    [InlineData(" 5 m ", 300)]
    [InlineData("1.5h", 5400)]
    [InlineData("7d", 604800)]
    [InlineData("0s", 0)]
    public void Durations_are_read_as_people_write_them(string text, double seconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("-00:00:01")]
    [InlineData("NaNs")]
    [InlineData("-Infinitys")]
    [InlineData("Infinityd")]
    [InlineData("99999999999d")]
    [InlineData("24:00:00")] // .NET would take it for 24 days
    [InlineData("10:30")] // minutes or hours?
    [InlineData("00:60:00")]
    public void What_is_no_duration_or_two_is_refused(string? text) => Assert.False(Duration.TryParse(text, out _));

    [Fact]
    public void Every_duration_comes_back_from_its_text() =>
        Gen.Long[0, TimeSpan.MaxValue.Ticks].Sample(ticks =>
            Duration.TryParse(TimeSpan.FromTicks(ticks).ToString("c"), out var read) && read.Ticks == ticks);
}
