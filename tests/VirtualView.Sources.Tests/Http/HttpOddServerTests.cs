using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http;
using VirtualView.Testing.Logs;
using VirtualView.Testing.Sources;

namespace VirtualView.Sources.Tests.Http;

/// <summary>Servers that lack something, and can be used all the same.</summary>
public sealed class HttpOddServerTests
{
    private const string Content = "0123456789abcdefghij";
    private const string Time = $"Last-Modified: {ScriptedAnswer.OldTime}\n";

    private static readonly VirtualPath File = VirtualPath.Parse("/file");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(405)]
    [InlineData(501)]
    public async Task Where_HEAD_is_refused_the_first_byte_tells_the_same_and_HEAD_is_not_tried_again(int refusal)
    {
        await using var server = new ScriptedServer(request =>
            IsManifest(request) ? ScriptedAnswer.Of(404, "")
            : request.StartsWith("HEAD", StringComparison.Ordinal) ? ScriptedAnswer.Of(refusal, "")
            : ScriptedAnswer.Part(Content, request, Time));
        await using var source = Open(server.Url);
        for (var round = 0; round < 2; round++)
            Assert.Equal(20, (await source.StatAsync(File, Cancel)).Value.Validator!.Value.SizeBytes);
        Assert.Single(server.Requests, request => request.StartsWith("HEAD", StringComparison.Ordinal));
        Assert.Equal(2, server.Requests.Count(request => request.Contains("Range: bytes=0-0\r\n", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_empty_file_has_no_first_byte_and_is_known_all_the_same()
    {
        await using var server = new ScriptedServer(request =>
            IsManifest(request) ? ScriptedAnswer.Of(404, "")
            : request.StartsWith("HEAD", StringComparison.Ordinal) ? ScriptedAnswer.Of(405, "")
            : request.Contains("Range:", StringComparison.Ordinal) ? ScriptedAnswer.Of(416, "Content-Range: bytes */0")
            : ScriptedAnswer.Of(200, Time));
        await using var source = Open(server.Url);
        Assert.Equal(0, (await source.StatAsync(File, Cancel)).Value.Validator?.SizeBytes);
    }

    [Fact]
    public async Task A_HEAD_without_the_size_is_completed_by_the_first_byte()
    {
        await using var server = new ScriptedServer(request =>
            IsManifest(request) ? ScriptedAnswer.Of(404, "")
            : request.StartsWith("HEAD", StringComparison.Ordinal) ? ScriptedAnswer.Raw($"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n{Time}", "")
            : ScriptedAnswer.Part(Content, request, Time));
        await using var source = Open(server.Url);
        Assert.Equal(20, (await source.StatAsync(File, Cancel)).Value.Validator?.SizeBytes);
    }

    [Fact]
    public async Task A_server_without_ranges_gives_the_beginning_of_a_file_and_is_said_once()
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(200, Time, Content));
        using var logs = new RecordingLogs();
        await using var source = Open(server.Url, logs);
        var expected = new Validator(ValidatorStrength.Weak, Content.Length, Core.Units.UnixTime.FromSeconds(1_600_000_000), null);
        for (var round = 0; round < 2; round++)
        {
            var sink = new ArraySink(4);
            Assert.True((await source.ReadAsync(File, new(3, 4), expected, sink, Cancel)).IsOk);
            Assert.Equal("3456"u8.ToArray(), sink.Filled.ToArray());
        }

        Assert.True(source.LacksRanges);
        Assert.Single(logs.Warnings, line => line.Contains("server without Range support", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_listing_asks_once_whether_there_are_ranges_before_any_file_is_read()
    {
        const string listing = """[{"name":"file","type":"file","mtime":"Sun, 13 Sep 2020 12:26:40 GMT","size":20}]""";
        await using var server = new ScriptedServer(request =>
            request.StartsWith("GET / ", StringComparison.Ordinal) ? ScriptedAnswer.Of(200, "", listing)
            : IsManifest(request) ? ScriptedAnswer.Of(404, "")
            : ScriptedAnswer.Of(200, Time, Content));
        await using var source = Open(server.Url);
        for (var round = 0; round < 2; round++)
            Assert.Single((await source.ListAsync(VirtualPath.Root, Cancel)).Value);
        Assert.True(source.LacksRanges);
        Assert.Single(server.Requests, request => request.Contains("Range: bytes=0-0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deep_in_a_large_file_a_server_without_ranges_is_refused_before_its_body_is_read()
    {
        const long size = 1L << 40;
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Raw($"HTTP/1.1 200 OK\nContent-Length: {size}\n{Time}", "x", ScriptedAnswer.After.Hang));
        await using var source = Open(server.Url);
        var expected = new Validator(ValidatorStrength.Weak, size, Core.Units.UnixTime.FromSeconds(1_600_000_000), null);
        var sink = new ArraySink(4);
        var outcome = await source.ReadAsync(File, new(size / 2, 4), expected, sink, Cancel);
        Assert.Equal((SourceErrorKind.Unsupported, 0), (outcome.Error?.Kind, sink.FilledBytes));
        Assert.Contains("server without Range support", outcome.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "set an Authorization header")]
    [InlineData(403, "ask whoever runs the server")]
    [InlineData(407, "HTTPS_PROXY")]
    [InlineData(503, "asks to wait 7 s")]
    [InlineData(429, "asks to wait 7 s")]
    public async Task A_refusal_says_what_to_do(int status, string advice)
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(status, "Retry-After: 7"));
        await using var source = Open(server.Url);
        Assert.Contains(advice, (await source.ListAsync(VirtualPath.Root, Cancel)).Error?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/", "connection refused")]
    [InlineData("http://nobody.invalid/", "the name of the host is not known")]
    public async Task What_cannot_be_reached_is_told_in_words(string url, string words)
    {
        await using var source = Open(new Uri(url));
        var error = (await source.ListAsync(VirtualPath.Root, Cancel)).Error;
        Assert.Equal(SourceErrorKind.Unreachable, error?.Kind);
        Assert.Contains(words, error!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task What_cannot_be_found_out_names_the_folder_and_what_was_asked_for()
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(502, ""));
        await using var source = Open(server.Url);
        var message = (await source.ListAsync(VirtualPath.Parse("/a"), Cancel)).Error!.Message;
        Assert.StartsWith($"{server.Url}a/: ", message, StringComparison.Ordinal);
        Assert.Contains($"GET {server.Url}virtualview-manifest.json: the server answered 502", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_listed_in_no_way_says_what_was_tried()
    {
        await using var server = new ScriptedServer(request =>
            IsManifest(request) ? ScriptedAnswer.Of(404, "") : ScriptedAnswer.Of(request.StartsWith("PROPFIND", StringComparison.Ordinal) ? 405 : 403, ""));
        await using var source = Open(server.Url);
        var message = (await source.ListAsync(VirtualPath.Root, Cancel)).Error!.Message;
        Assert.StartsWith($"GET {server.Url}: the server answered 403", message, StringComparison.Ordinal);
        Assert.Contains("nor by a manifest or WebDAV: PROPFIND", message, StringComparison.Ordinal);
    }

    private static bool IsManifest(string request) => request.Contains("virtualview-manifest.json", StringComparison.Ordinal);

    private static HttpSource Open(Uri url, RecordingLogs? logs = null) => new(
        new SourceId(Guid.NewGuid()), "test", new HttpSourceOptions { Url = url }, TimeProvider.System,
        logs is null ? NullLogger.Instance : logs.CreateLogger("test"));
}
