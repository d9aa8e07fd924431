using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http;

namespace VirtualView.Sources.Tests.Http;

public sealed class HttpListingTests
{
    private const string Json = """
        [
        { "name":"sub", "type":"directory", "mtime":"Sun, 13 Sep 2020 12:26:40 GMT" },
        { "name":"fifo", "type":"other", "mtime":"Sun, 13 Sep 2020 12:26:40 GMT" },
        { "name":"file", "type":"file", "mtime":"Sun, 13 Sep 2020 12:26:40 GMT", "size":7 }
        ]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_json_of_nginx_gives_names_kinds_sizes_and_times()
    {
        var time = UnixTime.FromSeconds(1_600_000_000);
        var listing = await List(ScriptedAnswer.Of(200, "Content-Type: application/json", Json));
        Assert.Equal(
            [
                new SourceEntry(PathName.Of("sub"), EntryKind.Directory, ModifiedAt: time),
                new SourceEntry(PathName.Of("file"), EntryKind.File, new Validator(ValidatorStrength.Weak, 7, time, null)),
            ],
            listing.Value);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(@"\""\\\b\f\n\r\t", "\"\\\\\\x08\\x0C\\x0A\\x0D\\x09")]
    [InlineData(@"\u0041\u00e9\u20AC", "Aé€")]
    [InlineData(@"\ud83d\ude00!", "😀!")]
    [InlineData("\u00FF\u00FE", "\\xFF\\xFE")] // the bytes FF FE: no UTF-8
    public async Task Names_are_unescaped_to_bytes(string written, string shown)
    {
        var listing = await List(ScriptedAnswer.Of(200, "", Entry(written)));
        Assert.Equal(shown, Assert.Single(listing.Value).Name.ToString());
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData(@"a\/b")]
    [InlineData(@"a\u0000b")]
    [InlineData("../../etc/passwd")]
    public async Task Illegal_names_are_left_out(string written) =>
        Assert.Empty((await List(ScriptedAnswer.Of(200, "", Entry(written)))).Value);

    [Fact]
    public async Task Unknown_members_are_skipped_and_a_name_stands_once()
    {
        const string body = """[{"x":{"name":"no","y":[1,{"type":"file"}]},"type":"file","name":"a","z":null},{"name":"a","type":"directory"}]""";
        Assert.Equal(new SourceEntry(PathName.Of("a"), EntryKind.File), Assert.Single((await List(ScriptedAnswer.Of(200, "", body))).Value));
    }

    [Fact]
    public async Task Wherever_a_listing_is_cut_it_is_an_error_and_no_shorter_list()
    {
        var cut = 0;
        // Ends with the connection and without a length: only the JSON itself tells that it is cut.
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Raw("HTTP/1.1 200 OK", Json[..cut], ScriptedAnswer.After.Close));
        await using var source = Open(server.Url);
        for (; cut < Json.Length; cut += 7)
            Assert.False((await source.ListAsync(VirtualPath.Root, Cancel)).IsOk, $"cut at {cut}");
        cut = Json.Length;
        Assert.Equal(2, (await source.ListAsync(VirtualPath.Root, Cancel)).Value.Count);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 100", "[]", SourceErrorKind.Unreachable)] // the body is cut
    [InlineData("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", "2\r\n[]\r\n", SourceErrorKind.Unreachable)]
    [InlineData("HTTP/1.1 200 OK", "[1]", SourceErrorKind.Invalid)]
    [InlineData("HTTP/1.1 200 OK", "[{}]", SourceErrorKind.Invalid)]
    [InlineData("HTTP/1.1 200 OK", "[{\"name\":\"a\"}]", SourceErrorKind.Invalid)]
    [InlineData("HTTP/1.1 200 OK", "[{\"type\":\"file\"}]", SourceErrorKind.Invalid)]
    [InlineData("HTTP/1.1 200 OK", "[{\"name\":\"\\ud83d\",\"type\":\"file\"}]", SourceErrorKind.Invalid)]
    [InlineData("HTTP/1.1 200 OK", "[] []", SourceErrorKind.Invalid)]
    [InlineData("HTTP/1.1 200 OK", "<html><title>Index of /</title><a href=a>", SourceErrorKind.Invalid)]
    [InlineData("HTTP/1.1 200 OK\nContent-Encoding: gzip", "[]", SourceErrorKind.Invalid)]
    [InlineData("HTTP/1.1 200 OK\nContent-Type: text/html", "<html><title>Hello</title><a href=a></html>", SourceErrorKind.Unsupported)]
    [InlineData("HTTP/1.1 200 OK\nContent-Type: text/plain", "file", SourceErrorKind.Unsupported)]
    [InlineData("HTTP/1.1 200 OK", "", SourceErrorKind.Unsupported)]
    [InlineData("HTTP/1.1 200 OK", "{\"error\":1}", SourceErrorKind.Unsupported)]
    [InlineData("HTTP/1.1 204 No Content", "", SourceErrorKind.Invalid)]
    [InlineData("HTTP/1.1 403 Forbidden", "", SourceErrorKind.Denied)]
    [InlineData("HTTP/1.1 404 Not Found", "", SourceErrorKind.NotFound)]
    [InlineData("HTTP/1.1 500 Oops", "", SourceErrorKind.Unreachable)]
    public async Task What_is_no_whole_listing_is_an_error(string head, string body, SourceErrorKind kind)
    {
        var outcome = await List(ScriptedAnswer.Raw(head, body, ScriptedAnswer.After.Close));
        Assert.True(outcome.Error?.Kind == kind, $"{outcome}");
    }

    [Fact]
    public async Task An_empty_array_is_an_empty_directory() => Assert.Empty((await List(ScriptedAnswer.Of(200, "", "\r\n[\r\n]"))).Value);

    [Fact]
    public async Task A_listing_without_end_is_given_up()
    {
        var endless = new StringBuilder("[");
        while (endless.Length < HttpSourceOptions.LeastListingBytes + 1000)
            endless.Append("{\"name\":\"").Append(endless.Length).Append("\",\"type\":\"file\"},");
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Raw("HTTP/1.1 200 OK", endless.ToString(), ScriptedAnswer.After.Hang));
        await using var source = Open(server.Url, HttpSourceOptions.LeastListingBytes);
        var outcome = await source.ListAsync(VirtualPath.Root, Cancel);
        Assert.Equal(SourceErrorKind.Invalid, outcome.Error?.Kind);
        Assert.Contains("MaxListingBytes", outcome.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_modified_when_it_was_listed_is_racy()
    {
        var body = Json.Replace("Sun, 13 Sep 2020 12:26:40 GMT", "Sun, 22 Nov 2026 11:59:59 GMT", StringComparison.Ordinal);
        var listing = await List(ScriptedAnswer.Of(200, "", body));
        Assert.Equal(ValidatorStrength.Racy, listing.Value[1].Validator!.Value.Strength);
    }

    private static string Entry(string name) => $$"""[{"name":"{{name}}","type":"file","mtime":"Sun, 13 Sep 2020 12:26:40 GMT","size":1}]""";

    private static async Task<SourceOutcome<IReadOnlyList<SourceEntry>>> List(ScriptedAnswer answer)
    {
        await using var server = new ScriptedServer(_ => answer);
        await using var source = Open(server.Url);
        return await source.ListAsync(VirtualPath.Root, Cancel);
    }

    private static HttpSource Open(Uri url, long maxListingBytes = HttpSourceOptions.LargestListingBytes) =>
        new(
            new SourceId(Guid.NewGuid()),
            "test",
            new HttpSourceOptions { Url = url, MaxListingBytes = maxListingBytes },
            TimeProvider.System,
            NullLogger.Instance);
}
