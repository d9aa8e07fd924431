using VirtualView.Sources.Http;

namespace VirtualView.Sources.Tests.Http;

public sealed class HttpSourceOptionsTests
{
    private static readonly HttpSourceOptions Good = new() { Url = new Uri("https://data.example/exp/") };

    [Fact]
    public void Defaults_are_possible() => Assert.Empty(Good.Problems());

    [Theory]
    [InlineData("ftp://data.example/")]
    [InlineData("/relative")]
    [InlineData("https://user:pass@data.example/")]
    [InlineData("https://data.example/?token=x")]
    [InlineData("https://data.example/#x")]
    public void An_address_that_is_no_folder_on_the_web_is_refused(string url)
    {
        var problem = Assert.Single((Good with { Url = new Uri(url, UriKind.RelativeOrAbsolute) }).Problems());
        Assert.StartsWith("Url: ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("pass", problem.Replace("password", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Range", "bytes=0-1")]
    [InlineData("if-match", "x")]
    [InlineData("Accept-Encoding", "gzip")]
    [InlineData("", "s3cr3t")]
    [InlineData("Two Words", "s3cr3t")]
    [InlineData("Authorization", "s3cr3t\r\nX-Injected: 1")]
    public void A_header_that_would_break_requests_is_refused_without_showing_its_value(string name, string value)
    {
        var options = Good with { Headers = new Dictionary<string, string> { [name] = value } };
        Assert.DoesNotContain("s3cr3t", Assert.Single(options.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_together()
    {
        var options = Good with { MaxConnections = 0, ConnectTimeout = TimeSpan.Zero, ConnectionLifetime = TimeSpan.Zero, MaxListingBytes = 1 };
        Assert.Equal(4, options.Problems().Count());
    }
}
