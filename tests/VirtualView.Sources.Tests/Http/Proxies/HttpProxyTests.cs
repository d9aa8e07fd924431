using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http;
using VirtualView.Sources.Http.Proxies;
using VirtualView.Testing.Sources;
using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http.Proxies;

/// <summary>Through a real proxy that wants a password, to a real nginx with and without TLS.</summary>
[Trait("Needs", "web")]
public sealed class HttpProxyTests(TinyProxyServer proxy, NginxServer nginx, NginxTlsServer tls)
    : IClassFixture<TinyProxyServer>, IClassFixture<NginxServer>, IClassFixture<NginxTlsServer>
{
    private static readonly VirtualPath File = VirtualPath.Parse("/file");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_is_read_through_the_proxy(bool withTls)
    {
        await using var source = Open(withTls, TinyProxyServer.Password, noProxy: "");
        var validator = (await source.StatAsync(File, Cancel)).Value.Validator!.Value;
        var sink = new ArraySink(3);
        Assert.True((await source.ReadAsync(File, new(1, 3), validator, sink, Cancel)).IsOk);
        Assert.Equal("onte"u8[..3].ToArray(), sink.Filled.ToArray());
        var log = await System.IO.File.ReadAllTextAsync(proxy.LogPath, Cancel);
        Assert.Contains(withTls ? $"CONNECT 127.0.0.1:{tls.Port}" : $"http://127.0.0.1:{nginx.Port}/json/file", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, SourceErrorKind.Denied)]
    [InlineData(true, SourceErrorKind.Unreachable)]
    public async Task A_wrong_password_is_told_and_not_shown(bool withTls, SourceErrorKind kind)
    {
        await using var source = Open(withTls, "wr0ng", noProxy: "");
        var stat = await source.StatAsync(File, Cancel);
        Assert.Equal(kind, stat.Error?.Kind);
        Assert.Contains("HTTP_PROXY", stat.Error!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", stat.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("visitor", stat.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_proxy_names_is_asked_directly()
    {
        await using var source = Open(withTls: false, "wr0ng", noProxy: "127.0.0.0/8");
        Assert.True((await source.StatAsync(File, Cancel)).IsOk);
    }

    private HttpSource Open(bool withTls, string password, string noProxy)
    {
        (withTls ? tls.Files : nginx.Files).PutFile(File, "content"u8, UnixTime.FromSeconds(1_600_000_000));
        var address = $"http://visitor:{password}@127.0.0.1:{proxy.Port}";
        var options = new HttpSourceOptions
        {
            Url = withTls ? tls.At("/") : nginx.JsonUrl,
            CaFile = withTls ? tls.CaFile : null,
            Proxy = new EnvironmentProxy(name => name switch { "http_proxy" or "HTTPS_PROXY" => address, "no_proxy" => noProxy, _ => null }),
        };
        return new HttpSource(new SourceId(Guid.NewGuid()), "aps", options, TimeProvider.System, NullLogger.Instance);
    }
}
