using VirtualView.Sources.Http.Proxies;

namespace VirtualView.Sources.Tests.Http.Proxies;

public sealed class EnvironmentProxyTests
{
    [Theory]
    [InlineData("http_proxy=http://p:1", "http://data.example/", "http://p:1/")]
    [InlineData("HTTP_PROXY=http://p:1", "http://data.example/", "http://p:1/")]
    [InlineData("http_proxy=http://p:1 HTTP_PROXY=http://q:2", "http://data.example/", "http://p:1/")]
    [InlineData("HTTP_PROXY=http://p:1", "https://data.example/", null)]
    [InlineData("HTTPS_PROXY=p:1", "https://data.example/", "http://p:1/")]
    [InlineData("ALL_PROXY=socks5://p:1", "https://data.example/", "socks5://p:1/")]
    [InlineData("HTTPS_PROXY=nonsense://x", "https://data.example/", null)]
    [InlineData("", "https://data.example/", null)]
    public void The_variables_are_read_as_curl_reads_them(string variables, string destination, string? proxy) =>
        Assert.Equal(proxy, Of(variables).GetProxy(new Uri(destination))?.ToString());

    [Theory]
    [InlineData("data.example", true)]
    [InlineData(".example", true)]
    [InlineData("EXAMPLE", true)]
    [InlineData("*.example", true)]
    [InlineData("ample", false)]
    [InlineData("other.example", false)]
    [InlineData("a.org,data.example", true)]
    [InlineData("data.example:8080", true)]
    [InlineData("data.example:80", false)]
    [InlineData("*", true)]
    [InlineData("", false)]
    public void No_proxy_names_hosts_and_what_is_below_them(string noProxy, bool bypassed) =>
        Assert.Equal(bypassed, new ProxyBypass(noProxy).Covers(new Uri("http://data.example:8080/")));

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("10.1.2.4", false)]
    [InlineData("192.168.0.0/16", false)]
    public void No_proxy_names_addresses_and_networks(string noProxy, bool bypassed) =>
        Assert.Equal(bypassed, new ProxyBypass(noProxy).Covers(new Uri("http://10.1.2.3/")));

    [Fact]
    public void The_password_is_known_only_to_its_proxy_and_never_shown()
    {
        var proxy = Of("HTTP_PROXY=http://us%40er:p%3Aw@p:1 HTTPS_PROXY=http://q:2");
        var address = proxy.GetProxy(new Uri("http://data.example/"))!;
        Assert.Equal("http://p:1/", address.ToString());
        var credential = proxy.Credentials!.GetCredential(address, "Basic");
        Assert.Equal(("us@er", "p:w"), (credential?.UserName, credential?.Password));
        Assert.Null(proxy.Credentials.GetCredential(new Uri("http://q:2/"), "Basic"));
        Assert.DoesNotContain("p:w", $"{ProxyAddress.Parse("http://user:p:w@p:1")}", StringComparison.Ordinal);
    }

    private static EnvironmentProxy Of(string variables)
    {
        var values = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new EnvironmentProxy(name => values.GetValueOrDefault(name));
    }
}
