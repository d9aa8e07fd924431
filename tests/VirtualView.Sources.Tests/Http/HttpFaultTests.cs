using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http;
using VirtualView.Testing.Sources;

namespace VirtualView.Sources.Tests.Http;

/// <summary>What servers, proxies and networks do wrong while a file is read.</summary>
public sealed class HttpFaultTests
{
    private const string Content = "0123456789abcdefghij";
    private const string Time = $"Last-Modified: {ScriptedAnswer.OldTime}\n";
    private const string Tag = "ETag: \"c0ffee\"\n";

    private static readonly VirtualPath File = VirtualPath.Parse("/file");
    private static readonly UnixTime Old = UnixTime.FromSeconds(1_600_000_000);
    private static readonly Validator Strong = new(ValidatorStrength.Strong, Content.Length, Old, "\"c0ffee\"");
    private static readonly Validator Weak = new(ValidatorStrength.Weak, Content.Length, Old, null);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_right_answer_is_read_with_the_condition_its_tag_allows()
    {
        await using var server = new ScriptedServer(request => ScriptedAnswer.Part(Content, request, Time + Tag));
        var (outcome, bytes) = await Read(server, Strong, 3, 4);
        Assert.Equal(Strong, outcome.Value);
        Assert.Equal("3456", bytes);
        var request = Assert.Single(server.Requests);
        Assert.Contains("\r\nRange: bytes=3-6\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nIf-Match: \"c0ffee\"\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nAccept-Encoding: identity\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("If-Range", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_tag_the_time_is_the_condition_and_the_tag_is_learned()
    {
        await using var server = new ScriptedServer(request => ScriptedAnswer.Part(Content, request, Time + Tag));
        var (outcome, _) = await Read(server, Weak, 0, 20);
        Assert.Equal(Strong, outcome.Value);
        Assert.Contains($"If-Unmodified-Since: {ScriptedAnswer.OldTime}\r\n", server.Requests[0], StringComparison.Ordinal);
        Assert.DoesNotContain("If-Match", server.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_weak_tag_is_no_condition_but_is_compared()
    {
        await using var server = new ScriptedServer(request => ScriptedAnswer.Part(Content, request, "ETag: W/\"new\"\n"));
        var (outcome, bytes) = await Read(server, new(ValidatorStrength.Weak, Content.Length, null, "W/\"old\""), 0, 4);
        Assert.Equal((SourceErrorKind.Changed, ""), (outcome.Error?.Kind, bytes));
        Assert.DoesNotContain("If-", server.Requests[0], StringComparison.Ordinal);
    }

    public static TheoryData<string, SourceErrorKind, string> WrongHeads => new()
    {
        { "another ETag", SourceErrorKind.Changed, $"206 P\nContent-Range: bytes 3-6/20\nContent-Length: 4\n{Time}ETag: \"other\"" },
        { "another time", SourceErrorKind.Changed, $"206 P\nContent-Range: bytes 3-6/20\nContent-Length: 4\nLast-Modified: Sun, 13 Sep 2020 12:26:41 GMT\n{Tag}" },
        { "another size", SourceErrorKind.Changed, $"206 P\nContent-Range: bytes 3-6/21\nContent-Length: 4\n{Time}{Tag}" },
        { "another range", SourceErrorKind.Invalid, $"206 P\nContent-Range: bytes 4-7/20\nContent-Length: 4\n{Time}{Tag}" },
        { "a shorter range", SourceErrorKind.Invalid, $"206 P\nContent-Range: bytes 3-5/20\nContent-Length: 3\n{Time}{Tag}" },
        { "a longer range", SourceErrorKind.Invalid, $"206 P\nContent-Range: bytes 3-7/20\nContent-Length: 5\n{Time}{Tag}" },
        { "no range", SourceErrorKind.Invalid, $"206 P\nContent-Length: 4\n{Time}{Tag}" },
        { "an unknown size", SourceErrorKind.Invalid, $"206 P\nContent-Range: bytes 3-6/*\nContent-Length: 4\n{Time}{Tag}" },
        { "a length that belies the range", SourceErrorKind.Invalid, $"206 P\nContent-Range: bytes 3-6/20\nContent-Length: 5\n{Time}{Tag}" },
        { "several parts", SourceErrorKind.Invalid, $"206 P\nContent-Type: multipart/byteranges; boundary=x\nContent-Length: 4\n{Time}{Tag}" },
        { "gzip all the same", SourceErrorKind.Invalid, $"206 P\nContent-Range: bytes 3-6/20\nContent-Length: 4\nContent-Encoding: gzip\n{Time}{Tag}" },
        { "a dropped ETag", SourceErrorKind.Invalid, $"206 P\nContent-Range: bytes 3-6/20\nContent-Length: 4\n{Time}" },
        { "no validator", SourceErrorKind.Unsupported, "206 P\nContent-Range: bytes 3-6/20\nContent-Length: 4" },
        { "another whole file", SourceErrorKind.Changed, $"200 OK\nContent-Length: 4\n{Time}{Tag}" },
        { "a page instead of the file", SourceErrorKind.Unsupported, "200 OK\nContent-Type: text/html\nContent-Length: 20" },
        { "412", SourceErrorKind.Changed, "412 Precondition Failed\nContent-Length: 0" },
        { "416 and a smaller size", SourceErrorKind.Changed, "416 R\nContent-Range: bytes */2\nContent-Length: 0" },
        { "416 for a range that it has", SourceErrorKind.Invalid, "416 R\nContent-Range: bytes */20\nContent-Length: 0" },
        { "404", SourceErrorKind.NotFound, "404 Not Found\nContent-Length: 0" },
        { "410", SourceErrorKind.NotFound, "410 Gone\nContent-Length: 0" },
        { "401", SourceErrorKind.Denied, "401 Unauthorized\nContent-Length: 0" },
        { "403", SourceErrorKind.Denied, "403 Forbidden\nContent-Length: 0" },
        { "408", SourceErrorKind.TimedOut, "408 Request Timeout\nContent-Length: 0" },
        { "429", SourceErrorKind.Throttled, "429 Too Many Requests\nContent-Length: 0" },
        { "500", SourceErrorKind.Unreachable, "500 Internal Server Error\nContent-Length: 0" },
        { "501", SourceErrorKind.Unsupported, "501 Not Implemented\nContent-Length: 0" },
        { "502", SourceErrorKind.Unreachable, "502 Bad Gateway\nContent-Length: 0" },
        { "504", SourceErrorKind.TimedOut, "504 Gateway Timeout\nContent-Length: 0" },
        { "304", SourceErrorKind.Invalid, "304 Not Modified" },
        { "418", SourceErrorKind.Invalid, "418 Teapot\nContent-Length: 0" },
    };

    [Theory]
    [MemberData(nameof(WrongHeads))]
    public async Task A_wrong_answer_gives_no_byte(string what, SourceErrorKind kind, string head)
    {
        var body = head.StartsWith('2') ? Content : "";
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Raw($"HTTP/1.1 {head}", body, ScriptedAnswer.After.Close));
        var (outcome, bytes) = await Read(server, Strong, 3, 4);
        Assert.True(outcome.Error?.Kind == kind, $"{what}: {outcome}");
        Assert.Equal("", bytes);
    }

    [Fact]
    public async Task What_is_no_http_is_invalid()
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Raw("SSH-2.0-OpenSSH_9.2", "", ScriptedAnswer.After.Close));
        Assert.Equal(SourceErrorKind.Invalid, (await Read(server, Strong, 0, 4)).Outcome.Error?.Kind);
    }

    [Fact]
    public async Task A_whole_file_is_good_enough_when_all_of_it_was_asked_for()
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(200, Time + Tag, Content));
        Assert.Equal(Content, (await Read(server, Strong, 0, 20)).Bytes);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Sun, 22 Nov 2026 12:01:30 GMT", 90)]
    [InlineData("Sun, 22 Nov 2026 11:00:00 GMT", 0)]
    public async Task A_server_that_asks_for_patience_says_how_long(string retryAfter, int seconds)
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(503, $"Retry-After: {retryAfter}"));
        var error = (await Read(server, Strong, 0, 4)).Outcome.Error;
        Assert.Equal((SourceErrorKind.Throttled, TimeSpan.FromSeconds(seconds)), (error?.Kind, error?.RetryAfter));
    }

    [Theory]
    [InlineData(ScriptedAnswer.After.Close)]
    [InlineData(ScriptedAnswer.After.Reset)]
    public async Task A_connection_cut_in_the_body_is_unreachable_and_what_came_before_is_right(object then)
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Raw(
            $"HTTP/1.1 206 P\nContent-Range: bytes 0-19/20\nContent-Length: 20\n{Time}{Tag}", Content[..7], (ScriptedAnswer.After)then));
        var (outcome, bytes) = await Read(server, Strong, 0, 20);
        Assert.Equal(SourceErrorKind.Unreachable, outcome.Error?.Kind);
        Assert.StartsWith(bytes, Content, StringComparison.Ordinal);
        Assert.InRange(bytes.Length, 0, 7);
    }

    [Fact]
    public async Task A_body_that_ends_with_the_connection_and_is_too_short_is_unreachable()
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Raw(
            $"HTTP/1.1 206 P\nContent-Range: bytes 0-19/20\n{Time}{Tag}", Content[..19], ScriptedAnswer.After.Close));
        var (outcome, bytes) = await Read(server, Strong, 0, 20);
        Assert.Equal((SourceErrorKind.Unreachable, Content[..19]), (outcome.Error?.Kind, bytes));
    }

    [Fact]
    public async Task A_body_that_goes_on_after_the_range_is_invalid()
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Raw(
            $"HTTP/1.1 206 P\nContent-Range: bytes 0-3/20\n{Time}{Tag}", Content, ScriptedAnswer.After.Close));
        var (outcome, bytes) = await Read(server, Strong, 0, 4);
        Assert.Equal((SourceErrorKind.Invalid, "0123"), (outcome.Error?.Kind, bytes));
    }

    [Fact]
    public async Task A_broken_chunk_is_invalid()
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Raw(
            $"HTTP/1.1 206 P\nContent-Range: bytes 0-9/20\nTransfer-Encoding: chunked\n{Time}{Tag}", "4\r\n0123\r\nzz\r\n456789\r\n0\r\n\r\n"));
        var (outcome, bytes) = await Read(server, Strong, 0, 10);
        Assert.Equal(SourceErrorKind.Invalid, outcome.Error?.Kind);
        Assert.StartsWith(bytes, "0123", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stalled_body_ends_when_the_caller_gives_up()
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Raw(
            $"HTTP/1.1 206 P\nContent-Range: bytes 0-19/20\nContent-Length: 20\n{Time}{Tag}", Content[..5], ScriptedAnswer.After.Hang));
        using var patience = new CancellationTokenSource();
        await using var source = Open(server.Url);
        var sink = new ArraySink(20) { Advanced = _ => patience.Cancel() };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await source.ReadAsync(File, new(0, 20), Strong, sink, patience.Token));
    }

    [Fact]
    public async Task A_reset_of_a_kept_connection_is_met_with_a_new_one()
    {
        var requests = 0;
        await using var server = new ScriptedServer(request => Interlocked.Increment(ref requests) == 2
            ? new ScriptedAnswer([], ScriptedAnswer.After.Reset)
            : ScriptedAnswer.Part(Content, request, Time + Tag));
        await using var source = Open(server.Url);
        for (var read = 0; read < 2; read++)
            Assert.True((await source.ReadAsync(File, new(0, 4), Strong, new ArraySink(4), Cancel)).IsOk);
        Assert.Equal((3, 2), (requests, server.ConnectionCount));
    }

    [Theory]
    [InlineData(ScriptedAnswer.After.Close)]
    [InlineData(ScriptedAnswer.After.Reset)]
    public async Task A_server_that_hangs_up_on_every_request_is_unreachable_after_a_few(object then)
    {
        await using var server = new ScriptedServer(_ => new ScriptedAnswer([], (ScriptedAnswer.After)then));
        Assert.Equal(SourceErrorKind.Unreachable, (await Read(server, Strong, 0, 4)).Outcome.Error?.Kind);
        Assert.InRange(server.Requests.Count, 1, 8);
    }

    [Fact]
    public async Task A_connection_that_is_not_made_in_time_is_timed_out()
    {
        // It takes the connection, and then never speaks TLS.
        await using var server = new ScriptedServer(_ => throw new InvalidOperationException());
        var options = new HttpSourceOptions { Url = new UriBuilder(server.Url) { Scheme = "https" }.Uri, ConnectTimeout = TimeSpan.FromMilliseconds(100) };
        await using var source = new HttpSource(new SourceId(Guid.NewGuid()), "test", options, TimeProvider.System, NullLogger.Instance);
        Assert.Equal(SourceErrorKind.TimedOut, (await source.StatAsync(File, Cancel)).Error?.Kind);
    }

    [Fact]
    public async Task Nobody_there_is_unreachable()
    {
        var server = new ScriptedServer(_ => throw new InvalidOperationException());
        await server.DisposeAsync();
        await using var source = Open(server.Url);
        var outcome = await source.ReadAsync(File, new(0, 4), Strong, new ArraySink(4), Cancel);
        Assert.Equal(SourceErrorKind.Unreachable, outcome.Error?.Kind);
        Assert.Equal(SourceErrorKind.Unreachable, (await source.StatAsync(File, Cancel)).Error?.Kind);
        Assert.Equal(SourceErrorKind.Unreachable, (await source.ListAsync(VirtualPath.Root, Cancel)).Error?.Kind);
    }

    private static async Task<(SourceOutcome<Validator> Outcome, string Bytes)> Read(ScriptedServer server, Validator expected, long offset, int length)
    {
        await using var source = Open(server.Url);
        var sink = new ArraySink(length);
        var outcome = await source.ReadAsync(File, new ByteRange(offset, length), expected, sink, Cancel);
        return (outcome, System.Text.Encoding.Latin1.GetString(sink.Filled));
    }

    private static HttpSource Open(Uri url) =>
        new(new SourceId(Guid.NewGuid()), "test", new HttpSourceOptions { Url = url }, TimeProvider.System, NullLogger.Instance);
}
