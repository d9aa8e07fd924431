using System.Text.Json;

namespace VirtualView.Tools.Tests;

public sealed class CommandTests
{
    [Theory]
    [InlineData("1Gbit", 1_000_000_000)]
    [InlineData("100Mbit", 100_000_000)]
    [InlineData("2.5kbit", 2500)]
    [InlineData("12.5MB", 100_000_000)]
    [InlineData("unlimited", 0)]
    public void A_bandwidth_is_read_as_people_write_it(string text, long bits)
    {
        Assert.True(LinkRate.TryParse(text, out var rate));
        Assert.Equal(bits, rate.BitsPerSecond);
    }

    [Theory]
    [InlineData("")]
    [InlineData("fast")]
    [InlineData("-1Gbit")]
    [InlineData("0Mbit")]
    [InlineData("NaNbit")]
    [InlineData("100")]
    public void A_bandwidth_that_makes_no_sense_is_refused(string text) => Assert.False(LinkRate.TryParse(text, out _));

    [Fact]
    public void Duration_and_rate_agree_with_each_other()
    {
        var rate = new LinkRate(1_000_000_000);
        Assert.InRange(rate.BytesIn(1_000_000_000), 117_600_000, 117_800_000);
        Assert.InRange(rate.NanosecondsFor(117_687_000), 999_000_000, 1_001_000_000);
        Assert.Equal(0, LinkRate.Unlimited.NanosecondsFor(1 << 30));
    }

    [Theory]
    [InlineData("stall on")]
    [InlineData("stall off")]
    [InlineData("refuse on")]
    [InlineData("refuse off")]
    [InlineData("reset")]
    [InlineData("reset-after 1000")]
    [InlineData("cut 0")]
    [InlineData("corrupt 4096")]
    [InlineData("corrupt once")]
    [InlineData("corrupt off")]
    [InlineData("rtt 50ms")]
    [InlineData("rtt 0")]
    [InlineData("bandwidth 100Mbit")]
    public async Task A_command_is_obeyed(string line)
    {
        await using var fixture = await LinkFixture.StartAsync();
        Assert.Equal("ok", LinkCommand.Execute(fixture.Link, line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("stall maybe")]
    [InlineData("cut -1")]
    [InlineData("corrupt 0")]
    [InlineData("rtt 5")]
    [InlineData("explode")]
    public async Task A_command_that_is_not_understood_says_what_would_be(string line)
    {
        await using var fixture = await LinkFixture.StartAsync();
        Assert.StartsWith($"error: '{line}' is not one of: stall", LinkCommand.Execute(fixture.Link, line), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_change_what_stats_report()
    {
        await using var fixture = await LinkFixture.StartAsync();
        LinkCommand.Execute(fixture.Link, "rtt 12.5ms");
        LinkCommand.Execute(fixture.Link, "bandwidth 200Mbit");
        using var client = await fixture.ConnectAsync();
        await client.AskAsync(1000, fixture.Cancel);

        var stats = JsonDocument.Parse(LinkCommand.Execute(fixture.Link, "stats")).RootElement;

        Assert.Equal(12.5, stats.GetProperty("rttMilliseconds").GetDouble());
        Assert.Equal(200_000_000, stats.GetProperty("bandwidthBits").GetInt64());
        Assert.Equal(1000, stats.GetProperty("downBytes").GetInt64());
        Assert.Equal(8, stats.GetProperty("upBytes").GetInt64());
    }
}
