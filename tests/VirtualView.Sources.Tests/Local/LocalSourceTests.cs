using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Sources.Local;
using VirtualView.Testing.Files;
using VirtualView.Testing.Sources;

namespace VirtualView.Sources.Tests.Local;

public sealed class LocalSourceTests : IDisposable
{
    private static readonly UnixTime Old = UnixTime.FromSeconds(1_600_000_000, 123_456_789);

    private readonly HostFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Times_are_kept_to_the_nanosecond()
    {
        _folder.PutFile(At("/file"), "x"u8, Old);
        Assert.Equal(new Validator(ValidatorStrength.Weak, 1, Old, null), (await Open().StatAsync(At("/file"), Cancel)).Value.Validator);
    }

    [Fact]
    public async Task A_change_of_one_nanosecond_is_a_change()
    {
        _folder.PutFile(At("/file"), "x"u8, Old);
        var before = (await Open().StatAsync(At("/file"), Cancel)).Value.Validator!.Value;
        _folder.PutFile(At("/file"), "y"u8, new UnixTime(Old.Nanoseconds + 1));
        await FailsToRead(SourceErrorKind.Changed, "/file", 1, before);
    }

    [Theory]
    [InlineData(0, ValidatorStrength.Racy)]
    [InlineData(1_999, ValidatorStrength.Racy)]
    [InlineData(2_000, ValidatorStrength.Weak)]
    [InlineData(-5_000, ValidatorStrength.Racy)] // ahead of our clock
    [InlineData(-200_000_000, ValidatorStrength.Weak)] // so far ahead that it was set by hand
    public async Task A_file_just_modified_is_racy(int ageMilliseconds, ValidatorStrength strength)
    {
        _folder.PutFile(At("/file"), "x"u8, UnixTime.From(_clock.GetUtcNow().AddMilliseconds(-ageMilliseconds)));
        var source = Open();
        var listed = Assert.Single((await source.ListAsync(VirtualPath.Root, Cancel)).Value).Validator!.Value;
        Assert.Equal(strength, listed.Strength);
        Assert.Equal(listed, (await source.ReadAsync(At("/file"), new(0, 1), listed, new ArraySink(1), Cancel)).Value);
    }

    [Fact]
    public async Task Links_are_shown_with_their_bytes_and_never_followed()
    {
        byte[] target = [.. "real/"u8, 0xFF];
        _folder.PutFile(At("/real/file"), "x"u8, Old);
        _folder.PutLink(At("/link"), target);
        _folder.PutLink(At("/tree"), "real"u8);
        _folder.PutLink(At("/outside"), "/etc"u8);
        var source = Open();
        var entries = (await source.ListAsync(VirtualPath.Root, Cancel)).Value.ToDictionary(entry => entry.Name.ToString());
        Assert.Equal(EntryKind.Symlink, entries["link"].Kind);
        Assert.Equal(target, entries["link"].Target);
        Assert.Equal("real"u8.ToArray(), (await source.StatAsync(At("/tree"), Cancel)).Value.Target);

        Assert.Equal(SourceErrorKind.NotFound, (await source.StatAsync(At("/tree/file"), Cancel)).Error?.Kind);
        Assert.Equal(SourceErrorKind.NotFound, (await source.StatAsync(At("/outside/passwd"), Cancel)).Error?.Kind);
        Assert.Equal(SourceErrorKind.WrongKind, (await source.ListAsync(At("/outside"), Cancel)).Error?.Kind);
        var validator = (await source.StatAsync(At("/real/file"), Cancel)).Value.Validator!.Value;
        await FailsToRead(SourceErrorKind.NotFound, "/tree/file", 1, validator);
        await FailsToRead(SourceErrorKind.WrongKind, "/tree", 1, validator);
        Assert.Equal(SourceErrorKind.NotFound, (await source.ListAsync(At("/outside/ssh"), Cancel)).Error?.Kind);
    }

    [Fact]
    public async Task Fifos_and_sockets_are_not_there_and_do_not_hang()
    {
        _folder.PutFifo(At("/fifo"));
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(_folder.Locate(At("/socket"))));
        var source = Open();
        Assert.Empty((await source.ListAsync(VirtualPath.Root, Cancel)).Value);
        foreach (var name in new[] { "/fifo", "/socket" })
        {
            Assert.Equal(SourceErrorKind.NotFound, (await source.StatAsync(At(name), Cancel)).Error?.Kind);
            await FailsToRead(SourceErrorKind.NotFound, name, 1, new Validator(ValidatorStrength.Weak, 1, Old, null));
        }
    }

    [Fact]
    public async Task A_root_that_is_not_there_is_unreachable_and_not_empty()
    {
        var source = Open(_folder.Path + "/unmounted");
        Assert.Equal(SourceErrorKind.Unreachable, (await source.ListAsync(VirtualPath.Root, Cancel)).Error?.Kind);
        Assert.Equal(SourceErrorKind.Unreachable, (await source.StatAsync(At("/file"), Cancel)).Error?.Kind);
        _folder.PutFile(At("/unmounted/file"), "x"u8, Old);
        Assert.Single((await source.ListAsync(VirtualPath.Root, Cancel)).Value); // mounted meanwhile
    }

    [Fact]
    public async Task A_root_that_is_a_link_or_a_file_is_told_apart()
    {
        _folder.PutFile(At("/real/file"), "x"u8, Old);
        _folder.PutLink(At("/link"), "real"u8);
        Assert.Single((await Open(_folder.Path + "/link").ListAsync(VirtualPath.Root, Cancel)).Value);
        Assert.Equal(SourceErrorKind.Unreachable, (await Open(_folder.Path + "/real/file").ListAsync(VirtualPath.Root, Cancel)).Error?.Kind);
    }

    [Fact]
    public async Task What_may_not_be_read_is_denied()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may read everything");
        _folder.PutFile(At("/closed/file"), "x"u8, Old);
        var validator = (await Open().StatAsync(At("/closed/file"), Cancel)).Value.Validator!.Value;
        _folder.SetMode(At("/closed/file"), 0);
        await FailsToRead(SourceErrorKind.Denied, "/closed/file", 1, validator);
        _folder.SetMode(At("/closed"), 0);
        Assert.Equal(SourceErrorKind.Denied, (await Open().ListAsync(At("/closed"), Cancel)).Error?.Kind);
        _folder.SetMode(At("/closed"), 0b111_000_000);
    }

    [Theory]
    [InlineData(1, SourceErrorKind.Denied)]
    [InlineData(2, SourceErrorKind.NotFound)]
    [InlineData(5, SourceErrorKind.Unreachable)]
    [InlineData(13, SourceErrorKind.Denied)]
    [InlineData(20, SourceErrorKind.WrongKind)]
    [InlineData(24, SourceErrorKind.Throttled)]
    [InlineData(40, SourceErrorKind.WrongKind)]
    [InlineData(107, SourceErrorKind.Unreachable)]
    [InlineData(110, SourceErrorKind.TimedOut)]
    [InlineData(116, SourceErrorKind.Unreachable)] // ESTALE of NFS
    public void An_errno_says_what_to_do_next(int errno, SourceErrorKind kind) =>
        Assert.Equal(kind, LocalErrors.From(errno, "reading", At("/file")).Kind);

    [Fact]
    public async Task A_change_between_two_pieces_of_a_read_stops_it_before_the_second()
    {
        _folder.PutFile(At("/file"), Encoding.ASCII.GetBytes(new string('a', 1000)), Old);
        var source = Open();
        var before = (await source.StatAsync(At("/file"), Cancel)).Value.Validator!.Value;
        var sink = new ArraySink(1000, mostBytesAtOnce: 100)
        {
            Advanced = filled =>
            {
                if (filled == 300) _folder.PutFile(At("/file"), Encoding.ASCII.GetBytes(new string('b', 1000)));
            },
        };
        var outcome = await source.ReadAsync(At("/file"), new(0, 1000), before, sink, Cancel);
        Assert.Equal(SourceErrorKind.Changed, outcome.Error?.Kind);
        Assert.Equal(new string('a', 300), Encoding.ASCII.GetString(sink.Filled));
    }

    [Fact]
    public async Task Truncation_in_the_middle_of_a_read_is_a_change_and_no_short_read()
    {
        _folder.PutFile(At("/file"), new byte[1000], Old);
        var source = Open();
        var before = (await source.StatAsync(At("/file"), Cancel)).Value.Validator!.Value;
        var sink = new ArraySink(1000, mostBytesAtOnce: 100)
        {
            Advanced = filled =>
            {
                if (filled == 500) _folder.PutFile(At("/file"), new byte[520], Old);
            },
        };
        Assert.Equal(SourceErrorKind.Changed, (await source.ReadAsync(At("/file"), new(0, 1000), before, sink, Cancel)).Error?.Kind);
        Assert.Equal(500, sink.FilledBytes);
    }

    [Fact]
    public async Task A_chmod_or_a_file_renamed_over_it_does_not_disturb_a_read_that_has_begun()
    {
        _folder.PutFile(At("/file"), new byte[1000], Old);
        var source = Open();
        var before = (await source.StatAsync(At("/file"), Cancel)).Value.Validator!.Value;
        var sink = new ArraySink(1000, mostBytesAtOnce: 100)
        {
            Advanced = filled =>
            {
                if (filled == 200) _folder.SetMode(At("/file"), 0b110_000_000);
                if (filled == 500) _folder.Remove(At("/file"));
            },
        };
        Assert.True((await source.ReadAsync(At("/file"), new(0, 1000), before, sink, Cancel)).IsOk);
        Assert.Equal(1000, sink.FilledBytes);
    }

    [Fact]
    public async Task No_descriptor_is_left_open()
    {
        _folder.PutFile(At("/a/b/file"), "x"u8, Old);
        var source = Open();
        var validator = (await source.StatAsync(At("/a/b/file"), Cancel)).Value.Validator!.Value;
        for (var round = 0; round < 50; round++)
        {
            await source.ReadAsync(At("/a/b/file"), new(0, 1), validator, new ArraySink(1), Cancel);
            await source.ReadAsync(At("/a/missing/file"), new(0, 1), validator, new ArraySink(1), Cancel);
            await source.ListAsync(At("/a/b/file"), Cancel);
            await source.ListAsync(At("/a/b"), Cancel);
        }

        var own = Directory.GetFiles("/proc/self/fd").Select(descriptor => new FileInfo(descriptor).LinkTarget);
        Assert.DoesNotContain(own, target => target?.StartsWith(_folder.Path, StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("relative", 16)]
    [InlineData("", 16)]
    [InlineData("/ok", 0)]
    [InlineData("/ok", 257)]
    public void Impossible_options_are_refused(string path, int parallel)
    {
        var options = new LocalSourceOptions { Path = path, MaxParallelCalls = parallel };
        Assert.Single(options.Problems());
        Assert.Throws<ArgumentException>(() => new LocalSource(default, "x", options, _clock, NullLogger.Instance));
    }

    private static VirtualPath At(string path) => VirtualPath.Parse(path);

    private LocalSource Open(string? root = null) =>
        new(new SourceId(Guid.NewGuid()), "twin", new LocalSourceOptions { Path = root ?? _folder.Path }, _clock, NullLogger.Instance);

    private async Task FailsToRead(SourceErrorKind kind, string path, int length, Validator expected)
    {
        var sink = new ArraySink(length);
        var outcome = await Open().ReadAsync(At(path), new(0, length), expected, sink, Cancel);
        Assert.True(outcome.Error?.Kind == kind, $"{path}: {outcome}");
        Assert.Equal(0, sink.FilledBytes);
    }
}
