using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Versions;
using VirtualView.Simulation.History;
using VirtualView.Simulation.Remote;
using VirtualView.Simulation.Tests.Remote;

namespace VirtualView.Simulation.Tests.History;

/// <summary>Each test tells a history by hand: the checker must see exactly what is wrong in it.</summary>
public sealed class HistoryCheckerTests
{
    private static readonly HandleId Handle = new(5);

    private readonly RemoteWorld _world = new(hasTags: false);
    private readonly List<HistoryEvent> _history = [];
    private readonly HistoryRecorder _recorder;

    public HistoryCheckerTests() => _recorder = new HistoryRecorder(_history, _world.Life);

    private byte[] Bytes => _world.Store.Find(RemoteWorld.Path)!.Content.Bytes.ToArray();

    private VersionId Version => VersionId.Derive(_world.Store.Id, RemoteWorld.Path, _world.Shown);

    [Fact]
    public void The_right_bytes_are_right()
    {
        Open();
        Read(0, 4096, Bytes[..4096]);
        Read(9000, 4096, Bytes[9000..]);
        Read(20_000, 10, []);
        Assert.Empty(Check());
    }

    [Fact]
    public void A_wrong_byte_is_seen()
    {
        Open();
        var bytes = Bytes[..4096];
        bytes[77] ^= 0x10;
        if (bytes[77] == 0) bytes[77] = 1;
        Read(0, 4096, bytes);
        Assert.Contains("a byte at 77", Assert.Single(Check()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hole_is_seen()
    {
        Open();
        var bytes = Bytes[..4096];
        bytes.AsSpan(1000, 24).Clear();
        Read(0, 4096, bytes);
        Assert.Contains("a hole at 1000", Assert.Single(Check()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_versions_in_one_handle_are_seen()
    {
        Open();
        Read(0, 100, Bytes[..100]);
        _world.Store.Write(RemoteWorld.Path, 10_000);
        Read(100, 100, Bytes[100..200]);
        Assert.Contains("bytes of another version", Assert.Single(Check()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_racy_name_may_show_two_contents() => _world.Scheduler.Run(async () =>
    {
        _world.Store.Write(RemoteWorld.Path, 500);
        var first = Bytes;
        Open();
        Read(0, 100, first[..100]);
        _world.Store.Write(RemoteWorld.Path, 500);
        Read(100, 100, Bytes[100..200]);
        Assert.Empty(Check());

        await _world.PassAsync(1);
        _recorder.Opened(new HandleId(6), RemoteWorld.Path, Version);
        _recorder.Read(new HandleId(6), _world.Scheduler.Clock.GetUtcNow(), 0, 100, first.AsSpan(0, 100));
        Assert.Equal("right bytes", Assert.Single(Check()).Rule);
    });

    [Fact]
    public void Bytes_of_neither_content_are_seen_under_a_racy_name()
    {
        _world.Store.Write(RemoteWorld.Path, 500);
        Open();
        _world.Store.Write(RemoteWorld.Path, 500);
        _world.Store.Write(RemoteWorld.OtherPath, 500);
        Read(0, 100, _world.Store.Find(RemoteWorld.OtherPath)!.Content.Bytes[..100].ToArray());
        Assert.Equal("right bytes", Assert.Single(Check()).Rule);
    }

    [Fact]
    public void What_was_read_before_the_process_died_counts()
    {
        Open();
        _world.Life.Kill();
        Read(0, 100, Bytes[100..200]);
        Assert.Equal("right bytes", Assert.Single(Check()).Rule);
    }

    [Fact]
    public void An_error_that_was_told_before_the_process_died_counts()
    {
        Open();
        _world.Life.Kill();
        _recorder.ReadFailed(Handle, 0, 10, FileSystemError.Corrupt, false);
        Assert.Equal("allowed errors", Assert.Single(Check()).Rule);
    }

    [Theory]
    [InlineData(100, 99)]
    [InlineData(100, 0)]
    public void A_short_read_is_seen(int asked, int got)
    {
        Open();
        Read(0, asked, Bytes[..got]);
        Assert.Equal("short read", Assert.Single(Check()).Rule);
    }

    [Fact]
    public void A_version_that_no_source_ever_had_is_seen()
    {
        _recorder.Opened(Handle, RemoteWorld.Path, new VersionId(99));
        Assert.Equal("real version", Assert.Single(Check()).Rule);
    }

    [Fact]
    public void A_version_from_the_future_is_seen() => _world.Scheduler.Run(async () =>
    {
        var openedAt = _world.Scheduler.Clock.GetUtcNow();
        await _world.PassAsync(5);
        _world.Store.Write(RemoteWorld.Path, 20);
        _history.Add(new OpenedEvent(openedAt, 1, Handle, RemoteWorld.Path, Version));
        Assert.Equal("real version", Assert.Single(Check()).Rule);
    });

    [Fact]
    public void A_racy_version_in_the_store_is_seen()
    {
        _world.Store.Write(RemoteWorld.Path, 500);
        _recorder.Put(Version, 0, Bytes);
        Assert.Equal("nothing racy is kept", Assert.Single(Check()).Rule);
    }

    [Fact]
    public void Bytes_of_another_version_in_the_store_are_seen()
    {
        var old = Bytes[..4096];
        _world.Store.Write(RemoteWorld.Path, 10_000);
        _world.Scheduler.Run(() => _world.PassAsync(2));
        _recorder.Put(Version, 0, old);
        Assert.Equal("nothing wrong is kept", Assert.Single(Check()).Rule);
    }

    [Fact]
    public void A_stale_read_of_what_is_still_there_is_seen_and_of_what_is_gone_is_right()
    {
        Open();
        _recorder.ReadFailed(Handle, 0, 10, FileSystemError.Stale, false);
        Assert.Equal("stale has a cause", Assert.Single(Check()).Rule);
        _world.Store.Delete(RemoteWorld.Path);
        Assert.Empty(Check());
    }

    [Theory]
    [InlineData(FileSystemError.Internal, true)]
    [InlineData(FileSystemError.NotFound, false)]
    [InlineData(FileSystemError.Interrupted, false)]
    public void An_error_that_no_read_may_end_with_is_seen(FileSystemError error, bool mayBeInterrupted)
    {
        Open();
        _recorder.ReadFailed(Handle, 0, 10, error, mayBeInterrupted);
        Assert.Equal("allowed errors", Assert.Single(Check()).Rule);
    }

    private void Open() => _recorder.Opened(Handle, RemoteWorld.Path, Version);

    private void Read(long offset, int asked, byte[] bytes) =>
        _recorder.Read(Handle, _world.Scheduler.Clock.GetUtcNow(), offset, asked, bytes);

    private IReadOnlyList<Violation> Check() =>
        new HistoryChecker(_world.Truth, (version, path) => version.Path == path).Check(_history);
}
