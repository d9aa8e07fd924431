using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http;

namespace VirtualView.Sources.Tests.Http;

public sealed class HttpValidatorTests
{
    private const long Seconds = 1_600_000_000; // 5f5e1000
    private const long SizeBytes = 12_345; // 3039

    [Theory]
    [InlineData("\"5f5e1000-3039\"", false)] // nginx
    [InlineData("\"5F5E1000-3039\"", false)]
    [InlineData("\"3039-5af3107adfbf1\"", false)] // Apache, microseconds
    [InlineData("\"2c0a-3039-5af3107adfbf1\"", false)] // Apache with the inode
    [InlineData("\"qgljwg9ix\"", false)] // Caddy, seconds
    [InlineData("\"c5m8nwuppfrp9ix\"", false)] // Caddy, nanoseconds
    [InlineData("\"2847194823\"", false)] // lighttpd
    [InlineData("W/\"abcdef\"", false)]
    [InlineData("unquoted", false)]
    [InlineData("\"", false)]
    [InlineData("\"5f5e1000-3038\"", true)] // of another size: not that formula
    [InlineData("\"d41d8cd98f00b204e9800998ecf8427e\"", true)]
    [InlineData("\"d41d8cd98f00b204e9800998ecf8427e-12\"", true)] // S3, in parts
    [InlineData("\"\"", true)]
    public void A_tag_made_of_time_and_size_is_weak_whatever_its_form(string tag, bool strong) =>
        Assert.Equal(strong, EntityTag.IsStrong(tag, SizeBytes, UnixTime.FromSeconds(Seconds)));

    [Fact]
    public void The_examples_are_what_the_formulas_say()
    {
        Assert.Equal("5f5e1000-3039", string.Create(CultureInfo.InvariantCulture, $"{Seconds:x}-{SizeBytes:x}"));
        Assert.Equal("5af3107adfbf1", ((Seconds * 1_000_000) + 654_321).ToString("x", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Without_a_time_to_compare_with_the_size_betrays_it() =>
        Assert.False(EntityTag.IsStrong("\"5f5e1000-3039\"", SizeBytes, null));

    [Theory]
    [InlineData(0, ValidatorStrength.Racy)]
    [InlineData(1, ValidatorStrength.Racy)]
    [InlineData(2, ValidatorStrength.Weak)]
    [InlineData(-30, ValidatorStrength.Racy)]
    public void The_servers_own_clock_decides_what_is_racy(int ageSeconds, ValidatorStrength strength)
    {
        using var answer = Answer(ageSeconds, tag: null);
        Assert.Equal(strength, Validators().From(answer, SizeBytes)!.Value.Strength);
    }

    [Fact]
    public void A_strong_tag_is_never_racy()
    {
        using var answer = Answer(ageSeconds: 0, "\"abc\"");
        Assert.Equal(ValidatorStrength.Strong, Validators().From(answer, SizeBytes)!.Value.Strength);
        Assert.Equal(ValidatorStrength.Racy, Validators(trust: false).From(answer, SizeBytes)!.Value.Strength);
    }

    [Fact]
    public void Without_a_date_our_clock_decides()
    {
        using var answer = Answer(ageSeconds: 0, tag: null);
        answer.Headers.Date = null;
        Assert.Equal(ValidatorStrength.Weak, Validators().From(answer, SizeBytes)!.Value.Strength);
    }

    [Fact]
    public void Neither_tag_nor_time_is_no_validator()
    {
        using var answer = new HttpResponseMessage { Content = new ByteArrayContent([]) };
        Assert.Null(Validators().From(answer, SizeBytes));
    }

    private static HttpValidators Validators(bool trust = true) =>
        new(trust, new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(Seconds + 1000)));

    private static HttpResponseMessage Answer(int ageSeconds, string? tag)
    {
        var answer = new HttpResponseMessage { Content = new ByteArrayContent([]) };
        answer.Content.Headers.LastModified = DateTimeOffset.FromUnixTimeSeconds(Seconds);
        answer.Headers.Date = DateTimeOffset.FromUnixTimeSeconds(Seconds + ageSeconds);
        if (tag is not null) answer.Headers.TryAddWithoutValidation("ETag", tag);
        return answer;
    }
}
