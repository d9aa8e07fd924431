using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http;

namespace VirtualView.Sources.Tests.Http.Dav;

/// <summary>What WebDAV servers answer, right and wrong.</summary>
public sealed class HttpDavTests
{
    private const string Self = "<D:response><D:href>/dir/</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>";

    private static readonly VirtualPath Directory = VirtualPath.Parse("/dir");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Size_time_and_tag_make_the_validator_that_a_read_will_see()
    {
        var file = File("/dir/f", "<D:getcontentlength>7</D:getcontentlength><D:getlastmodified>Sun, 13 Sep 2020 12:26:40 GMT</D:getlastmodified><D:getetag>\"abc\"</D:getetag>");
        var entry = Assert.Single((await List(Self + file)).Value);
        Assert.Equal(new Validator(ValidatorStrength.Strong, 7, Core.Units.UnixTime.FromSeconds(1_600_000_000), "\"abc\""), entry.Validator);
    }

    [Theory]
    [InlineData("/dir/plain", "plain")]
    [InlineData("/dir/with%20space", "with space")]
    [InlineData("/dir/%FF%fe", "\\xFF\\xFE")]
    [InlineData("/dir/\u00FF", "\u00FF")] // raw UTF-8
    [InlineData("/dir/new%0Aline", "new\\x0Aline")]
    [InlineData("/d%69r/sub/", "sub")]
    [InlineData("/dir/&amp;amp;", "&amp;")]
    [InlineData("ORIGIN/dir/absolute", "absolute")]
    public async Task Addresses_become_names(string href, string shown) =>
        Assert.Equal(shown, Assert.Single((await List(Self + File(href, ""))).Value).Name.ToString());

    [Theory]
    [InlineData("/dir/..")]
    [InlineData("/dir/.")]
    [InlineData("/dir/a%2Fb")]
    [InlineData("/dir/a%00b")]
    [InlineData("/dir/deep/er")]
    public async Task Names_that_cannot_be_and_what_lies_deeper_are_left_out(string href) =>
        Assert.Empty((await List(Self + File(href, ""))).Value);

    [Fact]
    public async Task Names_longer_than_255_bytes_are_left_out_and_a_name_stands_once() =>
        Assert.Single((await List(Self + File($"/dir/{new string('x', 256)}", "") + File("/dir/a", "") + File("/dir/a", ""))).Value);

    [Theory]
    [InlineData("http://other.example/dir/x", "another server")]
    [InlineData("https://127.0.0.1/dir/x", "another server")]
    [InlineData("/elsewhere/x", "does not lie below")]
    [InlineData("/directory/x", "does not lie below")]
    [InlineData("../x", "does not lie below")]
    public async Task An_address_that_lies_elsewhere_makes_the_listing_wrong(string href, string words)
    {
        var error = (await List(Self + File(href, ""))).Error;
        Assert.Equal(SourceErrorKind.Invalid, error?.Kind);
        Assert.Contains(words, error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("1e3")]
    [InlineData("99999999999999999999")]
    [InlineData("")]
    public async Task A_size_that_is_none_is_not_believed_and_a_stat_must_follow(string size) =>
        Assert.Null(Assert.Single((await List(Self + File("/dir/f", $"<D:getcontentlength>{size}</D:getcontentlength><D:getetag>\"abc\"</D:getetag>"))).Value).Validator);

    [Fact]
    public async Task Only_properties_that_the_server_has_count()
    {
        var mixed = "<D:response><D:href>/dir/f</D:href>"
            + "<D:propstat><D:prop><D:getcontentlength>7</D:getcontentlength></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
            + "<D:propstat><D:prop><D:getetag>\"no\"</D:getetag><D:resourcetype><D:collection/></D:resourcetype></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat></D:response>";
        Assert.Equal(new SourceEntry(PathName.Of("f"), EntryKind.File), Assert.Single((await List(Self + mixed)).Value));
    }

    [Theory]
    [InlineData("404", true)]
    [InlineData("403", false)]
    public async Task What_went_meanwhile_is_left_out_and_what_is_hidden_makes_the_listing_wrong(string status, bool ok)
    {
        var outcome = await List(Self + $"<D:response><D:href>/dir/f</D:href><D:status>HTTP/1.1 {status} X</D:status></D:response>");
        Assert.Equal(ok, outcome.IsOk);
    }

    [Theory]
    [InlineData("")] // the directory itself is missing
    [InlineData("<D:response><D:propstat/></D:response>")]
    [InlineData("<x>")]
    public async Task An_answer_about_nothing_is_an_error_and_no_empty_directory(string responses) =>
        Assert.Equal(SourceErrorKind.Invalid, (await List(responses)).Error?.Kind);

    [Fact]
    public async Task Entities_are_not_resolved()
    {
        var body = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><D:multistatus xmlns:D="DAV:">&e;</D:multistatus>""";
        await using var server = new ScriptedServer(_ => ScriptedAnswer.Of(207, "", body));
        await using var source = Open(server.Url);
        Assert.Equal(SourceErrorKind.Invalid, (await source.ListAsync(Directory, Cancel)).Error?.Kind);
    }

    [Fact]
    public async Task Wherever_an_answer_is_cut_it_is_an_error_and_no_shorter_list()
    {
        var whole = Body(Self + File("/dir/a", "") + File("/dir/b", ""));
        var cut = 0;
        await using var server = new ScriptedServer(request => request.StartsWith("PROPFIND /dir/ ", StringComparison.Ordinal)
            ? ScriptedAnswer.Raw("HTTP/1.1 207 Multi-Status", whole[..cut], ScriptedAnswer.After.Close)
            : ScriptedAnswer.Raw("HTTP/1.1 400 Bad Request\nContent-Length: 0", "", ScriptedAnswer.After.Close));
        await using var source = Open(server.Url);
        for (; cut < whole.Length; cut += 31)
            Assert.False((await source.ListAsync(Directory, Cancel)).IsOk, $"cut at {cut}");
    }

    [Fact]
    public async Task An_answer_without_end_is_given_up()
    {
        var endless = new StringBuilder(Body(Self).Replace("</D:multistatus>", "", StringComparison.Ordinal));
        while (endless.Length < 2 * HttpSourceOptions.LeastListingBytes)
            endless.Append(File($"/dir/{endless.Length}", ""));
        await using var server = new ScriptedServer(request => request.StartsWith("PROPFIND /dir/ ", StringComparison.Ordinal)
            ? ScriptedAnswer.Raw("HTTP/1.1 207 Multi-Status", endless.ToString(), ScriptedAnswer.After.Hang)
            : ScriptedAnswer.Raw("HTTP/1.1 400 Bad Request\nContent-Length: 0", "", ScriptedAnswer.After.Close));
        await using var source = Open(server.Url, HttpSourceOptions.LeastListingBytes);
        Assert.Contains("MaxListingBytes", (await source.ListAsync(Directory, Cancel)).Error?.Message, StringComparison.Ordinal);
    }

    private static string File(string href, string properties) =>
        $"<D:response><D:href>{href}</D:href><D:propstat><D:prop><D:resourcetype/>{properties}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>";

    private static string Body(string responses) => $"""<?xml version="1.0" encoding="utf-8"?><D:multistatus xmlns:D="DAV:">{responses}</D:multistatus>""";

    private static async Task<SourceOutcome<IReadOnlyList<SourceEntry>>> List(string responses)
    {
        Uri? url = null;
        await using var server = new ScriptedServer(request =>
        {
            if (!request.StartsWith("PROPFIND /dir/ ", StringComparison.Ordinal)) return ScriptedAnswer.Raw("HTTP/1.1 400 Bad Request\nContent-Length: 0", "", ScriptedAnswer.After.Close);
            var body = Body(responses.Replace("ORIGIN", url!.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));
            var bytes = Encoding.UTF8.GetBytes(body);
            return ScriptedAnswer.Raw($"HTTP/1.1 207 Multi-Status\nDate: Sun, 22 Nov 2026 12:00:00 GMT\nContent-Length: {bytes.Length}", Encoding.Latin1.GetString(bytes), ScriptedAnswer.After.Close);
        });
        url = server.Url;
        await using var source = Open(server.Url);
        return await source.ListAsync(Directory, Cancel);
    }

    private static HttpSource Open(Uri url, long maxListingBytes = HttpSourceOptions.LargestListingBytes) => new(
        new SourceId(Guid.NewGuid()),
        "test",
        new HttpSourceOptions { Url = url, Listing = ListingKind.WebDav, MaxListingBytes = maxListingBytes },
        TimeProvider.System,
        NullLogger.Instance);
}
