using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources.Writing;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http;
using VirtualView.Sources.Http.Writing;
using VirtualView.Testing.Sources.Writing;
using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http.Writing;

/// <summary>What real servers do, on which docs/write-back.md relies.</summary>
[Trait("Needs", "web")]
public sealed class HttpTargetServerTests(NginxDavServer nginx, ApacheServer apache) : IClassFixture<NginxDavServer>, IClassFixture<ApacheServer>
{
    private static readonly UnixTime Old = UnixTime.FromSeconds(1_600_000_000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apache_honours_conditions_and_keeps_lineage_but_no_time()
    {
        Share(apache);
        using var target = Make(apache.At("/dav/"));
        var abilities = Got(await target.ProveAsync(Cancel));
        Assert.Equal(ConditionProof.Conditions, abilities.Proof);
        Assert.Equal((true, false, true), (abilities.KeepsLineage, abilities.KeepsModifiedAt, abilities.ListsHiddenNames));
        Assert.True(abilities.MostBytesAtOnce > 0);
    }

    [Fact]
    public async Task Nginx_honours_locks_and_keeps_the_time_but_no_lineage()
    {
        using var target = Make(nginx.At("/dav/"));
        var abilities = Got(await target.ProveAsync(Cancel));
        Assert.Equal(ConditionProof.Locks, abilities.Proof);
        Assert.Equal((false, true, false), (abilities.KeepsLineage, abilities.KeepsModifiedAt, abilities.ListsHiddenNames));
        Assert.Equal(0, abilities.MostBytesAtOnce);
    }

    [Fact]
    public async Task Nginx_without_locks_says_yes_to_everything_and_is_refused_with_what_to_add()
    {
        using var target = Make(nginx.At("/unlocked/"));
        var error = (await target.ProveAsync(Cancel)).Error;
        Assert.Equal(WriteErrorKind.Unsupported, error?.Kind);
        Assert.Contains("dav_ext_lock", error?.Message, StringComparison.Ordinal);
        var upload = MakeUpload("/never", [1]);
        Assert.Equal(WriteErrorKind.Unsupported, (await target.PutAsync(upload, TargetCondition.Absent, Cancel)).Error?.Kind);
        Assert.False(File.Exists(nginx.Files.Locate(upload.Path)));
    }

    [Fact]
    public async Task A_server_without_WebDAV_is_refused()
    {
        using var target = Make(apache.At("/plain/"));
        Assert.Equal(WriteErrorKind.Unsupported, (await target.ProveAsync(Cancel)).Error?.Kind);
    }

    [Fact]
    public async Task A_file_that_the_server_never_takes_is_too_large_and_is_not_sent()
    {
        using var target = Make(nginx.At("/small/"));
        var read = 0L;
        var upload = MakeUpload("/large", []) with { Content = new ArrayContent(new byte[64 << 20]) { Reading = offset => read = offset } };
        Assert.Equal(WriteErrorKind.TooLarge, (await target.StageAsync(upload, Cancel)).Error?.Kind);
        Assert.Equal(0, read);
    }

    [Fact]
    public async Task What_somebody_holds_a_lock_on_is_busy_and_left_alone()
    {
        foreach (var (server, root) in new (WebServer, Uri)[] { (nginx, nginx.At("/dav/")), (apache, apache.At("/dav/")) })
        {
            Share(server);
            var path = VirtualPath.Parse("/locked");
            server.Files.PutFile(path, "theirs"u8, Old);
            using var client = new HttpClient();
            using var request = new HttpRequestMessage(new HttpMethod("LOCK"), new Uri(root, "locked"));
            request.Headers.Add("Depth", "0");
            request.Headers.Add("Timeout", "Second-600");
            request.Content = new StringContent("""<lockinfo xmlns="DAV:"><lockscope><exclusive/></lockscope><locktype><write/></locktype></lockinfo>""");
            using var locked = await client.SendAsync(request, Cancel);
            Assert.True(locked.IsSuccessStatusCode);

            using var target = Make(root);
            var upload = MakeUpload("/locked", "ours"u8.ToArray());
            var validator = new Validator(ValidatorStrength.Weak, 6, Old, Tag: null);
            Assert.Equal(WriteErrorKind.Busy, (await target.PutAsync(upload, TargetCondition.Is(validator), Cancel)).Error?.Kind);
            Assert.Equal(WriteErrorKind.Busy, (await target.DeleteAsync(path, validator, Cancel)).Error?.Kind);
            Assert.Equal("theirs", await File.ReadAllTextAsync(server.Files.Locate(path), Cancel));
        }
    }

    [Fact]
    public async Task Who_changes_a_file_while_it_is_sent_keeps_it()
    {
        foreach (var (server, root) in new (WebServer, Uri)[] { (nginx, nginx.At("/dav/")), (apache, apache.At("/dav/")) })
        {
            Share(server);
            var path = VirtualPath.Parse("/busy");
            server.Files.PutFile(path, "base"u8, Old);
            using var target = Make(root);
            var upload = MakeUpload("/busy", []) with
            {
                Content = new ArrayContent(new byte[3 << 20]) { Reading = _ => server.Files.PutFile(path, "theirs"u8, UnixTime.FromSeconds(1_600_000_010)) },
            };
            var validator = new Validator(ValidatorStrength.Weak, 4, Old, Tag: null);
            Assert.Equal(WriteErrorKind.Changed, (await target.PutAsync(upload, TargetCondition.Is(validator), Cancel)).Error?.Kind);
            Assert.Equal("theirs", await File.ReadAllTextAsync(server.Files.Locate(path), Cancel));
        }
    }

    private static void Share(WebServer server) => server.Files.SetMode(VirtualPath.Root, 0b111_111_111);

    private static HttpTarget Make(Uri root) => new(
        new SourceId(Guid.NewGuid()), "dav", new HttpTargetOptions { Source = new HttpSourceOptions { Url = root } }, TimeProvider.System, NullLogger.Instance);

    private static Upload MakeUpload(string path, byte[] content) => new()
    {
        Writer = new WriterId(Guid.NewGuid()),
        Id = new UploadId(Guid.NewGuid()),
        Path = VirtualPath.Parse(path),
        Content = new ArrayContent(content),
        ModifiedAt = Old,
    };

    private static T Got<T>(WriteOutcome<T> outcome)
    {
        Assert.True(outcome.IsOk, $"{outcome.Error}");
        return outcome.Value;
    }
}
