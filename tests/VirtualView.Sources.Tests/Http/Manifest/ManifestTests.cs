using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http;
using VirtualView.Testing.Sources;

namespace VirtualView.Sources.Tests.Http.Manifest;

public sealed class ManifestTests
{
    private const string Content = "0123456789abcdefghij";
    private const string Time = $"Last-Modified: {ScriptedAnswer.OldTime}\n";
    private const string Modified = "\"modified\":\"2020-09-13T12:26:40Z\"";

    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Content)));
    private static readonly VirtualPath File = VirtualPath.Parse("/file");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_give_kinds_sizes_times_and_hashes_and_directories_are_made_of_paths()
    {
        var body = Manifest($$"""{"path":"a/b/f.h5","size":7,{{Modified}},"etag":"\"x\""},{"path":"l","type":"link","target":"a/b"},{"path":"a","type":"directory"}""");
        await using var server = Serving(body, "");
        await using var source = Open(server.Url);
        Assert.Equal(["a", "l"], (await source.ListAsync(VirtualPath.Root, Cancel)).Value.Select(entry => entry.Name.ToString()).Order());
        var file = Assert.Single((await source.ListAsync(VirtualPath.Parse("/a/b"), Cancel)).Value);
        Assert.Equal(new Validator(ValidatorStrength.Strong, 7, Core.Units.UnixTime.FromSeconds(1_600_000_000), "\"x\""), file.Validator);
        Assert.Equal("a/b"u8.ToArray(), (await source.StatAsync(VirtualPath.Parse("/l"), Cancel)).Value.Target.AsSpan().ToArray());
    }

    [Theory]
    [InlineData("""{"path":"../x","size":1,"etag":"\"x\""}""", "'..'")]
    [InlineData("""{"path":"/etc/passwd","size":1,"etag":"\"x\""}""", "relative")]
    [InlineData("""{"path":"a//b","size":1,"etag":"\"x\""}""", "empty")]
    [InlineData("""{"path":"a/./b","size":1,"etag":"\"x\""}""", "'.'")]
    [InlineData("""{"path":"","size":1,"etag":"\"x\""}""", "empty")]
    [InlineData("""{"path":"a\u0000b","size":1,"etag":"\"x\""}""", "relative names")]
    [InlineData("""{"path-escaped":"a%2Fb","size":1,"etag":"\"x\""}""", "relative names")]
    [InlineData("""{"path":"\ud83d","size":1,"etag":"\"x\""}""", "")]
    [InlineData("""{"size":1,"etag":"\"x\""}""", "needs either")]
    [InlineData("""{"path":"f","path-escaped":"f","size":1,"etag":"\"x\""}""", "needs either")]
    [InlineData("""{"path":"f","size":-1,"etag":"\"x\""}""", "size -1")]
    [InlineData("""{"path":"f","size":NaN,"etag":"\"x\""}""", "JSON")]
    [InlineData("""{"path":"f","size":9223372036854775808,"etag":"\"x\""}""", "JSON")]
    [InlineData("""{"path":"f","size":1.5,"etag":"\"x\""}""", "JSON")]
    [InlineData("""{"path":"f","etag":"\"x\""}""", "without a 'size'")]
    [InlineData("""{"path":"f","size":1}""", "neither 'modified', 'etag' nor 'sha256'")]
    [InlineData("""{"path":"f","size":1,"etag":"x"}""", "quotes")]
    [InlineData("""{"path":"f","size":1,"sha256":"abc"}""", "64 hexadecimal")]
    [InlineData("""{"path":"f","size":1,"modified":"yesterday"}""", "write it as")]
    [InlineData("""{"path":"f","size":1,"modified":"10000-01-01T00:00:00Z"}""", "write it as")]
    [InlineData("""{"path":"f","type":"fifo"}""", "has the type")]
    [InlineData("""{"path":"f","type":"link"}""", "target")]
    [InlineData("""{"path":"f","size":1,"etag":"\"x\""},{"path":"f","size":1,"etag":"\"x\""}""", "entry 2 ('f') stands there twice")]
    [InlineData("""{"path":"f","size":1,"etag":"\"x\""},{"path":"f/g","size":1,"etag":"\"x\""}""", "lies below '/f'")]
    [InlineData("""{"path":"f","path":"g","size":1,"etag":"\"x\""}""", "JSON")]
    [InlineData("null", "")]
    [InlineData("{", "JSON")]
    public async Task One_wrong_entry_makes_all_of_it_wrong_and_is_named(string entries, string words)
    {
        await using var server = Serving(Manifest($$"""{"path":"right","size":1,"etag":"\"x\""}""").Replace("]}", $",{entries}]}}", StringComparison.Ordinal), "");
        await using var source = Open(server.Url);
        var error = (await source.ListAsync(VirtualPath.Root, Cancel)).Error;
        Assert.Equal(SourceErrorKind.Invalid, error?.Kind);
        Assert.Contains("the manifest is wrong", error!.Message, StringComparison.Ordinal);
        Assert.Contains(words.Replace("entry 2", "entry 3", StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("2026-11-22T12:00:00.123456+02:00")]
    public async Task The_strangest_times_are_taken_in_whole_seconds(string time)
    {
        await using var server = Serving(Manifest($$"""{"path":"f","size":9223372036854775807,"modified":"{{time}}"}"""), "");
        await using var source = Open(server.Url);
        var validator = Assert.Single((await source.ListAsync(VirtualPath.Root, Cancel)).Value).Validator!.Value;
        Assert.Equal(long.MaxValue, validator.SizeBytes);
        Assert.True(validator.ModifiedAt!.Value.SubsecondNanoseconds == 0 || time[0] is '0' or '9');
    }

    [Fact]
    public async Task The_bytes_of_a_whole_file_are_checked_against_its_hash_before_any_is_given()
    {
        await using var server = Serving(Manifest($$"""{"path":"file","size":20,"sha256":"{{Hash}}"}"""), Content.Replace('5', 'x'));
        await using var source = Open(server.Url);
        var version = (await source.StatAsync(File, Cancel)).Value.Validator!.Value;
        Assert.Equal((ValidatorStrength.Strong, $"sha256-{Hash}"), (version.Strength, version.Tag));
        var sink = new ArraySink(20);
        var outcome = await source.ReadAsync(File, new(0, 20), version, sink, Cancel);
        Assert.Equal((SourceErrorKind.Changed, 0), (outcome.Error?.Kind, sink.FilledBytes));
    }

    [Theory]
    [InlineData("", false)] // nothing but a time, which the manifest does not know: no proof
    [InlineData("ETag: \"{0}\"\n", true)]
    [InlineData("ETag: \"other\"\n", false)]
    [InlineData("Repr-Digest: sha-256=:{1}:\n", true)]
    [InlineData("Repr-Digest: sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:\n", false)]
    public async Task A_part_of_a_file_known_by_its_hash_is_given_only_if_the_answer_carries_the_hash(string header, bool given)
    {
        header = header.Replace("{0}", Hash, StringComparison.Ordinal).Replace("{1}", Convert.ToBase64String(Convert.FromHexString(Hash)), StringComparison.Ordinal);
        await using var server = Serving(Manifest($$"""{"path":"file","size":20,"sha256":"{{Hash}}"}"""), Content, header);
        await using var source = Open(server.Url);
        var version = (await source.StatAsync(File, Cancel)).Value.Validator!.Value;
        var sink = new ArraySink(4);
        var outcome = await source.ReadAsync(File, new(3, 4), version, sink, Cancel);
        Assert.Equal((given, given ? 4 : 0), (outcome.IsOk, sink.FilledBytes));
    }

    [Fact]
    public async Task A_time_beside_the_hash_makes_parts_readable_and_the_version_weak()
    {
        await using var server = Serving(Manifest($$"""{"path":"file","size":20,"sha256":"{{Hash}}",{{Modified}}}"""), Content);
        await using var source = Open(server.Url);
        var version = (await source.StatAsync(File, Cancel)).Value.Validator!.Value;
        Assert.Equal((ValidatorStrength.Weak, $"sha256-{Hash}"), (version.Strength, version.Tag));
        Assert.True((await source.ReadAsync(File, new(3, 4), version, new ArraySink(4), Cancel)).IsOk);
    }

    [Fact]
    public async Task What_is_known_from_before_is_read_without_a_listing()
    {
        await using var server = Serving(Manifest($$"""{"path":"file","size":20,"sha256":"{{Hash}}"}"""), Content);
        await using var source = Open(server.Url);
        var version = new Validator(ValidatorStrength.Strong, 20, null, $"sha256-{Hash}");
        Assert.True((await source.ReadAsync(File, new(0, 20), version, new ArraySink(20), Cancel)).IsOk);
    }

    private static string Manifest(string entries) => $$"""{ "virtualview-manifest": 1, "entries": [{{entries}}]}""";

    private static ScriptedServer Serving(string manifest, string file, string headers = "") => new(request =>
        request.Contains("virtualview-manifest.json", StringComparison.Ordinal) ? ScriptedAnswer.Of(200, Time, manifest)
        : request.Contains("Range:", StringComparison.Ordinal) && file.Length > 0 ? ScriptedAnswer.Part(file, request, Time + headers)
        : ScriptedAnswer.Of(404, ""));

    private static HttpSource Open(Uri url) =>
        new(new SourceId(Guid.NewGuid()), "test", new HttpSourceOptions { Url = url }, TimeProvider.System, NullLogger.Instance);
}
