using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http;
using VirtualView.Testing.Sources;

namespace VirtualView.Sources.Tests.Http;

public sealed class HttpRedirectTests
{
    private const string Content = "0123456789";
    private const string Tag = "ETag: \"c0ffee\"\n";
    private const string Secret = "Bearer s3cr3t";

    private static readonly VirtualPath File = VirtualPath.Parse("/file");
    private static readonly Validator Strong = new(ValidatorStrength.Strong, Content.Length, null, "\"c0ffee\"");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Headers_go_to_their_origin()
    {
        await using var server = new ScriptedServer(request => ScriptedAnswer.Part(Content, request, Tag));
        Assert.True((await Read(server.Url)).IsOk);
        Assert.Contains($"Authorization: {Secret}", server.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Within_the_origin_a_redirect_is_followed_with_the_headers()
    {
        await using var server = new ScriptedServer(request => request.StartsWith("GET /file ", StringComparison.Ordinal)
            ? ScriptedAnswer.Of(302, "Location: /elsewhere/data")
            : ScriptedAnswer.Part(Content, request, Tag));
        Assert.True((await Read(server.Url)).IsOk);
        Assert.StartsWith("GET /elsewhere/data ", server.Requests[1], StringComparison.Ordinal);
        Assert.Contains($"Authorization: {Secret}", server.Requests[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Another_origin_gets_the_range_and_the_condition_but_no_credentials(int status)
    {
        await using var other = new ScriptedServer(request => ScriptedAnswer.Part(Content, request, Tag));
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(status, $"Location: {other.Url}signed?key=1"));
        Assert.True((await Read(server.Url)).IsOk);
        var request = Assert.Single(other.Requests);
        Assert.StartsWith("GET /signed?key=1 ", request, StringComparison.Ordinal);
        Assert.Contains("Range: bytes=0-3", request, StringComparison.Ordinal);
        Assert.Contains("If-Match: \"c0ffee\"", request, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", request, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Key", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_do_not_come_back_through_another_origin_to_a_third()
    {
        await using var third = new ScriptedServer(request => ScriptedAnswer.Part(Content, request, Tag));
        await using var other = new ScriptedServer(_ => ScriptedAnswer.Of(302, $"Location: {third.Url}x"));
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(302, $"Location: {other.Url}y"));
        Assert.True((await Read(server.Url)).IsOk);
        Assert.DoesNotContain("s3cr3t", other.Requests[0] + third.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_circle_of_redirects_ends_and_is_named()
    {
        await using var server = new ScriptedServer(request => ScriptedAnswer.Of(302, request.StartsWith("GET /b", StringComparison.Ordinal) ? "Location: /file" : "Location: /b?s3cr3t"));
        var outcome = await Read(server.Url);
        Assert.Equal(SourceErrorKind.Invalid, outcome.Error?.Kind);
        Assert.Contains($"in a circle: {server.Url}file -> {server.Url}b?... -> {server.Url}file", outcome.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Redirects_without_end_are_given_up()
    {
        var number = 0;
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(302, $"Location: /{Interlocked.Increment(ref number)}"));
        var outcome = await Read(server.Url);
        Assert.Contains("more than 5 times", outcome.Error?.Message, StringComparison.Ordinal);
        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/x")]
    [InlineData("http://")]
    public async Task A_redirect_out_of_the_web_is_not_followed(string location)
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(302, $"Location: {location}"));
        Assert.Equal(SourceErrorKind.Invalid, (await Read(server.Url)).Error?.Kind);
    }

    [Theory]
    [InlineData("/file/")]
    [InlineData("http://nobody.invalid:1/file/")]
    [InlineData("https://nobody.invalid/%66ile/?x")]
    public async Task A_redirect_that_adds_a_slash_says_directory_wherever_it_leads(string location)
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(301, $"Location: {location}"));
        await using var source = Open(server.Url);
        Assert.Equal(EntryKind.Directory, (await source.StatAsync(File, Cancel)).Value.Kind);
        Assert.Equal(SourceErrorKind.WrongKind, (await Read(server.Url)).Error?.Kind);
    }

    [Theory]
    [InlineData("/file")]
    [InlineData("../file")]
    public async Task A_redirect_that_removes_the_slash_says_file(string location)
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(301, $"Location: {location}"));
        await using var source = Open(server.Url);
        Assert.Equal(SourceErrorKind.WrongKind, (await source.ListAsync(File, Cancel)).Error?.Kind);
    }

    [Fact]
    public async Task No_error_shows_a_secret()
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(403, ""));
        Assert.DoesNotContain("s3cr3t", $"{(await Read(server.Url)).Error}", StringComparison.Ordinal);
    }

    private static async Task<SourceOutcome<Validator>> Read(Uri url)
    {
        await using var source = Open(url);
        return await source.ReadAsync(File, new(0, 4), Strong, new ArraySink(4), Cancel);
    }

    private static HttpSource Open(Uri url)
    {
        var headers = new Dictionary<string, string> { ["Authorization"] = Secret, ["X-Key"] = "s3cr3t" };
        return new(new SourceId(Guid.NewGuid()), "test", new HttpSourceOptions { Url = url, Headers = headers }, TimeProvider.System, NullLogger.Instance);
    }
}
