using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http;
using VirtualView.Testing.Sources;
using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http;

/// <summary>What the conformance tests cannot ask: nginx's own ways, and what travels.</summary>
[Trait("Needs", "nginx")]
public sealed class HttpNginxTests(NginxServer nginx) : IClassFixture<NginxServer>
{
    private static readonly UnixTime Old = UnixTime.FromSeconds(1_600_000_000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_tag_of_nginx_is_not_taken_for_strong()
    {
        nginx.Files.PutFile(At("/tag"), "content"u8, Old);
        await using var source = Open(nginx.JsonUrl);
        var validator = (await source.StatAsync(At("/tag"), Cancel)).Value.Validator;
        Assert.Equal(new Validator(ValidatorStrength.Weak, 7, Old, "\"5f5e1000-7\""), validator);
    }

    [Fact]
    public async Task A_file_written_a_moment_ago_is_racy()
    {
        nginx.Files.PutFile(At("/young"), "content"u8);
        await using var source = Open(nginx.JsonUrl);
        Assert.Equal(ValidatorStrength.Racy, (await source.StatAsync(At("/young"), Cancel)).Value.Validator!.Value.Strength);
    }

    [Fact]
    public async Task A_refused_listing_is_denied_and_its_files_are_still_read()
    {
        nginx.Files.PutFile(At("/secret/file"), "content"u8, Old);
        await using var source = Open(nginx.UnlistedUrl);
        Assert.Equal(SourceErrorKind.Denied, (await source.ListAsync(At("/secret"), Cancel)).Error?.Kind);
        Assert.True((await source.StatAsync(At("/secret/file"), Cancel)).IsOk);
    }

    [Fact]
    public async Task A_page_in_place_of_the_listing_is_not_taken_for_one()
    {
        nginx.Files.PutFile(At("/site/index.html"), "<html><title>Our group</title><a href=\"papers\">papers</a></html>"u8, Old);
        await using var source = Open(nginx.JsonUrl);
        Assert.Equal(SourceErrorKind.Unsupported, (await source.ListAsync(At("/site"), Cancel)).Error?.Kind);
    }

    [Fact]
    public async Task One_range_is_one_request_on_a_kept_connection_and_not_a_byte_more_travels()
    {
        nginx.Files.PutFile(At("/counted"), new byte[1_000_000], Old);
        await using var source = Open(nginx.JsonUrl);
        var validator = (await source.StatAsync(At("/counted"), Cancel)).Value.Validator!.Value;
        for (var round = 0; round < 20; round++)
            Assert.True((await source.ReadAsync(At("/counted"), new(round * 1000, 1000), validator, new ArraySink(1000), Cancel)).IsOk);

        var log = await nginx.WaitForRequestsAsync(requests => Mine(requests).Count() >= 21, Cancel);
        var reads = Mine(log).Where(request => request.Method == "GET").ToList();
        Assert.Equal(20, reads.Count);
        Assert.All(reads, read => Assert.Equal((206, 1000), (read.Status, read.BodyBytes)));
        Assert.Equal("bytes=19000-19999", reads[^1].Range);
        Assert.Single(Mine(log).Select(request => request.Connection).Distinct());

        static IEnumerable<NginxRequest> Mine(IEnumerable<NginxRequest> requests) =>
            requests.Where(request => request.Target.EndsWith("/counted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_file_costs_no_transfer_of_its_new_bytes()
    {
        nginx.Files.PutFile(At("/replaced"), new byte[500_000], Old);
        await using var source = Open(nginx.JsonUrl);
        var validator = (await source.StatAsync(At("/replaced"), Cancel)).Value.Validator!.Value;
        nginx.Files.PutFile(At("/replaced"), new byte[500_000], UnixTime.FromSeconds(1_600_000_001));
        await source.ReadAsync(At("/replaced"), new(0, 500_000), validator, new ArraySink(500_000), Cancel);
        var log = await nginx.WaitForRequestsAsync(requests => requests.Any(IsMine), Cancel);
        var read = Assert.Single(log, IsMine);
        Assert.Equal(412, read.Status);
        Assert.InRange(read.BodyBytes, 0, 1000);

        static bool IsMine(NginxRequest request) => request is { Method: "GET", Target: "/json/replaced" };
    }

    [Fact]
    public async Task Refused_conditions_on_many_connections_are_all_told_as_changed()
    {
        // nginx closes after each 412 while it says keep-alive: the next request on that connection meets a reset.
        nginx.Files.PutFile(At("/refused"), new byte[1000], Old);
        await using var source = Open(nginx.JsonUrl);
        var stale = new Validator(ValidatorStrength.Weak, 1000, Old, "\"other\"");
        for (var round = 0; round < 40; round++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(
                async _ => await source.ReadAsync(At("/refused"), new(0, 1000), stale, new ArraySink(1000), Cancel)));
            Assert.All(outcomes, outcome => Assert.True(outcome.Error?.Kind == SourceErrorKind.Changed, $"{outcome}"));
        }
    }

    private static VirtualPath At(string path) => VirtualPath.Parse(path);

    private static HttpSource Open(Uri url) =>
        new(new SourceId(Guid.NewGuid()), "aps", new HttpSourceOptions { Url = url }, TimeProvider.System, NullLogger.Instance);
}
