using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http;
using VirtualView.Testing.Sources;
using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http;

/// <summary>TLS with an authority of one's own, and HTTP/2, against a real nginx.</summary>
[Trait("Needs", "nginx")]
public sealed class HttpTlsTests : IClassFixture<NginxTlsServer>
{
    private static readonly VirtualPath File = VirtualPath.Parse("/file");

    private readonly NginxTlsServer _server;

    public HttpTlsTests(NginxTlsServer server)
    {
        _server = server;
        server.Files.PutFile(File, "content"u8, UnixTime.FromSeconds(1_600_000_000));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpProtocol.Auto, "HTTP/2.0")]
    [InlineData(HttpProtocol.Http1, "HTTP/1.1")]
    [InlineData(HttpProtocol.Http2, "HTTP/2.0")]
    public async Task The_authority_of_a_file_is_trusted_and_the_protocol_is_the_one_that_was_set(HttpProtocol protocol, string spoken)
    {
        var options = new HttpSourceOptions { Url = _server.At("/"), CaFile = _server.CaFile, Protocol = protocol };
        await ReadsAll(options);
        Assert.Equal(spoken, _server.Protocols()[^1]);
    }

    [Fact]
    public async Task Http2_without_tls_is_spoken_where_it_is_configured()
    {
        await ReadsAll(new HttpSourceOptions { Url = new Uri($"http://127.0.0.1:{_server.PlainPort}/"), Protocol = HttpProtocol.Http2 });
        Assert.Equal("HTTP/2.0", _server.Protocols()[^1]);
    }

    [Fact]
    public async Task An_unknown_authority_is_refused_and_the_key_that_helps_is_named()
    {
        Assert.Contains("set CaFile", await Refused(new HttpSourceOptions { Url = _server.At("/") }), StringComparison.Ordinal);
        Assert.Contains("set CaFile", await Refused(new HttpSourceOptions { Url = _server.At("/"), CaFile = _server.OtherCaFile }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_name_of_the_host_is_checked_with_an_authority_of_ones_own_too()
    {
        var url = new UriBuilder(_server.At("/")) { Host = "localhost" }.Uri;
        Assert.Contains("another host name", await Refused(new HttpSourceOptions { Url = url, CaFile = _server.CaFile }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_tls_is_told_in_words()
    {
        var url = new Uri($"https://127.0.0.1:{_server.PlainPort}/");
        Assert.Contains("check that Url says https", await Refused(new HttpSourceOptions { Url = url, CaFile = _server.CaFile }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_from_https_to_http_is_not_followed()
    {
        await using var source = Open(new HttpSourceOptions { Url = _server.At("/"), CaFile = _server.CaFile });
        var stat = await source.StatAsync(VirtualPath.Parse("/to-plain"), Cancel);
        Assert.Equal(SourceErrorKind.Invalid, stat.Error?.Kind);
        Assert.Contains("from https to http:", stat.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_holds_no_certificate_is_told_before_anything_is_asked()
    {
        var good = new HttpSourceOptions { Url = _server.At("/") };
        Assert.Empty((good with { CaFile = _server.CaFile }).Problems());
        foreach (var wrong in new[] { _server.KeyFile, "/nowhere/ca.pem", "relative.pem" })
            Assert.StartsWith("CaFile: ", Assert.Single((good with { CaFile = wrong }).Problems()), StringComparison.Ordinal);
    }

    private static async Task ReadsAll(HttpSourceOptions options)
    {
        await using var source = Open(options);
        Assert.Equal("file", Assert.Single((await source.ListAsync(VirtualPath.Root, Cancel)).Value).Name.ToString());
        var validator = (await source.StatAsync(File, Cancel)).Value.Validator!.Value;
        var readers = Enumerable.Range(0, 32).Select(async _ =>
        {
            var sink = new ArraySink(5);
            Assert.True((await source.ReadAsync(File, new(1, 5), validator, sink, Cancel)).IsOk);
            return System.Text.Encoding.ASCII.GetString(sink.Filled);
        });
        Assert.All(await Task.WhenAll(readers), text => Assert.Equal("onten", text));
        var changed = await source.ReadAsync(File, new(1, 5), validator with { Tag = "\"other\"" }, new ArraySink(5), Cancel);
        Assert.Equal(SourceErrorKind.Changed, changed.Error?.Kind);
    }

    private static async Task<string> Refused(HttpSourceOptions options)
    {
        await using var source = Open(options);
        var stat = await source.StatAsync(File, Cancel);
        Assert.Equal(SourceErrorKind.Unreachable, stat.Error?.Kind);
        return stat.Error!.Message;
    }

    private static HttpSource Open(HttpSourceOptions options) =>
        new(new SourceId(Guid.NewGuid()), "aps", options, TimeProvider.System, NullLogger.Instance);
}
