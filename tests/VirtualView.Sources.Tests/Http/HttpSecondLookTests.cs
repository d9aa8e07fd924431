using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http;
using VirtualView.Testing.Sources;
using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http;

/// <summary>A file that is rewritten in place, with the same size, while a real nginx sends it.</summary>
[Trait("Needs", "nginx")]
public sealed class HttpSecondLookTests(NginxServer nginx) : IClassFixture<NginxServer>
{
    private const int SizeBytes = 24 << 20; // more than the buffers on the way hold
    private static readonly UnixTime Old = UnixTime.FromSeconds(1_600_000_000);

    // Ahead of the clock, so that it is young however slow the machine that runs the test.
    private static UnixTime Young => UnixTime.From(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_second_look_bytes_of_both_are_taken_for_one_version()
    {
        // That this is so makes the other tests worth something.
        var (outcome, sink) = await ReadWhileRewritten("/never", Old, TimeSpan.FromDays(1), SecondLook.Never);
        Assert.True(outcome.IsOk, $"{outcome}");
        Assert.Equal(((byte)'A', (byte)'B'), (sink.Filled[0], sink.Filled[^1]));
    }

    [Fact]
    public async Task With_a_second_look_at_weak_files_no_byte_is_given()
    {
        var (outcome, sink) = await ReadWhileRewritten("/weak", Old, TimeSpan.FromDays(1), SecondLook.Weak);
        Assert.Equal((SourceErrorKind.Changed, 0), (outcome.Error?.Kind, sink.FilledBytes));
    }

    [Fact]
    public async Task By_default_a_young_file_gets_a_second_look()
    {
        var (outcome, sink) = await ReadWhileRewritten("/young", Young, TimeSpan.FromSeconds(1), new HttpSourceOptions { Url = nginx.JsonUrl }.SecondLook);
        Assert.Equal((SourceErrorKind.Changed, 0), (outcome.Error?.Kind, sink.FilledBytes));
    }

    [Fact]
    public async Task What_is_rewritten_within_the_same_second_cannot_be_told_and_is_therefore_racy()
    {
        var (outcome, sink) = await ReadWhileRewritten("/same-second", Young, TimeSpan.Zero, SecondLook.Racy);
        Assert.True(outcome.IsOk, $"{outcome}");
        Assert.Equal((byte)'B', sink.Filled[^1]);
        // Used, but never kept: after two seconds it is asked for again.
        Assert.Equal(ValidatorStrength.Racy, outcome.Value.Strength);
    }

    [Fact]
    public async Task An_unchanged_file_is_read_in_spite_of_all_looks()
    {
        nginx.Files.PutFile(VirtualPath.Parse("/still"), "content"u8);
        await using var source = Open(nginx.JsonUrl, SecondLook.Weak);
        var validator = (await source.StatAsync(VirtualPath.Parse("/still"), Cancel)).Value.Validator!.Value;
        var sink = new ArraySink(5, mostBytesAtOnce: 2);
        Assert.True((await source.ReadAsync(VirtualPath.Parse("/still"), new(2, 5), validator, sink, Cancel)).IsOk);
        Assert.Equal("ntent"u8.ToArray(), sink.Filled.ToArray());
    }

    private async Task<(SourceOutcome<Validator> Outcome, ArraySink Sink)> ReadWhileRewritten(
        string name, UnixTime before, TimeSpan later, SecondLook look)
    {
        var path = VirtualPath.Parse(name);
        var content = new byte[SizeBytes];
        Array.Fill(content, (byte)'A');
        nginx.Files.PutFile(path, content, before);
        await using var relay = new PausingRelay(nginx.Port, pauseAfterBytes: 256 * 1024);
        await using var source = Open(new Uri($"http://127.0.0.1:{relay.Port}/json/"), look);
        var validator = (await source.StatAsync(path, Cancel)).Value.Validator!.Value;
        var sink = new ArraySink(SizeBytes);
        var reading = source.ReadAsync(path, new(0, SizeBytes), validator, sink, Cancel).AsTask();
        await relay.Paused.WaitAsync(Cancel);
        Array.Fill(content, (byte)'B');
        await using (var file = new FileStream(nginx.Files.Locate(path), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            await file.WriteAsync(content, Cancel);
        nginx.Files.SetModifiedAt(path, UnixTime.From(before.ToDateTimeOffset() + later));
        relay.Release();
        return (await reading, sink);
    }

    private static HttpSource Open(Uri url, SecondLook look) => new(
        new SourceId(Guid.NewGuid()), "aps", new HttpSourceOptions { Url = url, SecondLook = look, Listing = ListingKind.Json }, TimeProvider.System, NullLogger.Instance);
}
