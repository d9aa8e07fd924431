using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources.Writing;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http;
using VirtualView.Sources.Http.Writing;
using VirtualView.Testing.Sources.Writing;

namespace VirtualView.Sources.Tests.Http.Writing;

/// <summary>Servers that break off, refuse or lie.</summary>
public sealed class HttpTargetFaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(507, WriteErrorKind.Full)]
    [InlineData(413, WriteErrorKind.TooLarge)]
    [InlineData(423, WriteErrorKind.Busy)]
    [InlineData(429, WriteErrorKind.Busy)]
    [InlineData(503, WriteErrorKind.Busy)]
    [InlineData(401, WriteErrorKind.Denied)]
    [InlineData(403, WriteErrorKind.Denied)]
    [InlineData(405, WriteErrorKind.Unsupported)]
    [InlineData(409, WriteErrorKind.NotFound)]
    [InlineData(500, WriteErrorKind.Uncertain)]
    [InlineData(504, WriteErrorKind.Uncertain)]
    [InlineData(207, WriteErrorKind.Uncertain)]
    public async Task Each_status_leads_to_the_right_next_step(int status, WriteErrorKind kind)
    {
        await using var server = new ScriptedServer(request => Is(request, "MKCOL") ? ScriptedAnswer.Of(status, "Retry-After: 7") : ScriptedAnswer.Of(404, ""));
        using var target = Make(server);
        var error = (await target.MakeDirectoryAsync(VirtualPath.Parse("/d"), Cancel)).Error;
        Assert.Equal(kind, error?.Kind);
        Assert.Contains($"{status}", error?.Message, StringComparison.Ordinal);
        if (status is 429 or 503) Assert.Equal(TimeSpan.FromSeconds(7), error?.RetryAfter);
    }

    [Fact]
    public async Task A_change_whose_answer_is_lost_is_uncertain_and_was_sent_once()
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Raw("HTTP/1.1 2", "", ScriptedAnswer.After.Reset));
        using var target = Make(server);
        Assert.Equal(WriteErrorKind.Uncertain, (await target.MakeDirectoryAsync(VirtualPath.Parse("/d"), Cancel)).Error?.Kind);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task What_nobody_sees_yet_is_sent_again_when_its_connection_was_cut()
    {
        await using var server = new ScriptedServer(request => Is(request, "PUT")
            ? ScriptedAnswer.Raw("HTTP/1.1 2", "", ScriptedAnswer.After.Reset)
            : Properties(request, sizeBytes: 1));
        using var target = Make(server);
        Assert.Equal(WriteErrorKind.Unreachable, (await target.StageAsync(MakeUpload([1, 2, 3]), Cancel)).Error?.Kind);
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_was_changed()
    {
        Uri url;
        await using (var server = new ScriptedServer(_ => ScriptedAnswer.Of(500, ""))) url = server.Url;
        using var target = Make(url);
        Assert.Equal(WriteErrorKind.Unreachable, (await target.MakeDirectoryAsync(VirtualPath.Parse("/d"), Cancel)).Error?.Kind);
    }

    [Fact]
    public async Task A_server_that_says_yes_and_has_something_else_is_not_believed()
    {
        await using var server = new ScriptedServer(request => Is(request, "PUT") ? ScriptedAnswer.Of(201, "") : Properties(request, sizeBytes: 1));
        using var target = Make(server);
        Assert.Equal(WriteErrorKind.Invalid, (await target.StageAsync(MakeUpload([1, 2, 3]), Cancel)).Error?.Kind);
    }

    [Fact]
    public async Task A_change_is_not_redirected()
    {
        await using var other = new ScriptedServer(_ => ScriptedAnswer.Of(201, ""));
        await using var server = new ScriptedServer(request => Is(request, "PROPFIND") ? ScriptedAnswer.Of(404, "") : ScriptedAnswer.Of(307, $"Location: {other.Url}elsewhere"));
        using var target = Make(server);
        var error = (await target.StageAsync(MakeUpload([1]), Cancel)).Error;
        Assert.Equal(WriteErrorKind.Unsupported, error?.Kind);
        Assert.Contains("Url", error?.Message, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_server_that_replaces_what_it_should_not_is_refused_by_the_canary()
    {
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(201, ""));
        using var target = Make(server);
        var error = (await target.ProveAsync(Cancel)).Error;
        Assert.Equal(WriteErrorKind.Unsupported, error?.Kind);
        Assert.Contains("Overwrite", error?.Message, StringComparison.Ordinal);
        Assert.StartsWith("DELETE", server.Requests[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_their_bounds_are_named()
    {
        var options = new HttpTargetOptions
        {
            Source = new HttpSourceOptions { Url = new Uri("http://127.0.0.1/") },
            MostBytesAtOnce = -1,
            LockTime = TimeSpan.FromSeconds(1),
        };
        Assert.Equal(2, options.Problems().Count());
    }

    private static bool Is(string request, string method) => request.StartsWith(method + " ", StringComparison.Ordinal);

    private static ScriptedAnswer Properties(string request, int sizeBytes) => ScriptedAnswer.Of(207, "", $"""
        <D:multistatus xmlns:D="DAV:"><D:response><D:href>{request.Split(' ')[1]}</D:href><D:propstat><D:prop><D:resourcetype/>
        <D:getcontentlength>{sizeBytes}</D:getcontentlength><D:getlastmodified>{ScriptedAnswer.OldTime}</D:getlastmodified></D:prop>
        <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>
        """);

    private static HttpTarget Make(ScriptedServer server) => Make(server.Url);

    private static HttpTarget Make(Uri url) => new(
        new SourceId(Guid.NewGuid()), "dav", new HttpTargetOptions { Source = new HttpSourceOptions { Url = url } }, TimeProvider.System, NullLogger.Instance);

    private static Upload MakeUpload(byte[] content) => new()
    {
        Writer = new WriterId(Guid.NewGuid()),
        Id = new UploadId(Guid.NewGuid()),
        Path = VirtualPath.Parse("/file"),
        Content = new ArrayContent(content),
        ModifiedAt = UnixTime.FromSeconds(1_600_000_000),
    };
}
