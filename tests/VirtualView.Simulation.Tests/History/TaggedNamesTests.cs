using VirtualView.Core.FileSystem;
using VirtualView.Core.Versions;
using VirtualView.Simulation.History;
using VirtualView.Simulation.Remote;
using VirtualView.Simulation.Tests.Remote;

namespace VirtualView.Simulation.Tests.History;

/// <summary>
/// A file that was rewritten within the step of the clock, at a server with tags that its listing does not give: its racy
/// name stands for two contents, and each handle must stay with one of them.
/// </summary>
public sealed class TaggedNamesTests
{
    private static readonly HandleId Handle = new(5);

    private readonly RemoteWorld _world = new(hasTags: true, ListingDetail.WithoutTags);
    private readonly List<HistoryEvent> _history = [];
    private readonly HistoryRecorder _recorder;
    private readonly byte[] _first;
    private readonly byte[] _second;

    public TaggedNamesTests()
    {
        _recorder = new HistoryRecorder(_history, _world.Life);
        _first = Write();
        _second = Write();
        var listed = _world.Store.ShowWithoutTag(_world.Store.Find(RemoteWorld.Path)!);
        _recorder.Opened(Handle, RemoteWorld.Path, VersionId.Derive(_world.Store.Id, RemoteWorld.Path, listed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Either_content_may_be_shown_as_long_as_it_is_one(bool isFirst)
    {
        var bytes = isFirst ? _first : _second;
        Read(0, bytes[..100]);
        Read(100, bytes[100..200]);
        Assert.Empty(Check());
    }

    [Fact]
    public void One_read_of_both_is_seen()
    {
        Read(0, [.. _first[..50], .. _second[50..100]]);
        Assert.Equal("right bytes", Assert.Single(Check()).Rule);
    }

    [Fact]
    public void One_after_the_other_is_seen()
    {
        Read(0, _first[..100]);
        Read(100, _second[100..200]);
        Assert.Equal("right bytes", Assert.Single(Check()).Rule);
    }

    [Fact]
    public void Whole_bytes_of_a_third_are_seen()
    {
        _world.Store.Write(RemoteWorld.OtherPath, 500);
        Read(0, _world.Store.Find(RemoteWorld.OtherPath)!.Content.Bytes[..100].ToArray());
        Assert.Equal("right bytes", Assert.Single(Check()).Rule);
    }

    private byte[] Write()
    {
        _world.Store.Write(RemoteWorld.Path, 500);
        return _world.Store.Find(RemoteWorld.Path)!.Content.Bytes.ToArray();
    }

    private void Read(long offset, byte[] bytes) =>
        _recorder.Read(Handle, _world.Scheduler.Clock.GetUtcNow(), offset, bytes.Length, bytes);

    private IReadOnlyList<Violation> Check() =>
        new HistoryChecker(_world.Truth, (version, path) => version.Path == path).Check(_history);
}
