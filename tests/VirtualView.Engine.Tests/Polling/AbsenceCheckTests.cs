using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Engine.Polling;
using VirtualView.Engine.Sources;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Polling;

/// <summary>A source said that it has no such directory, in which it had a file before.</summary>
public sealed class AbsenceCheckTests : IAsyncDisposable
{
    private static readonly VirtualPath Path = VirtualPath.Parse("/d");

    private readonly FakeSource _source = new("one");
    private readonly MeteredSource _metered;

    public AbsenceCheckTests()
    {
        _source.Put("/d/f", [1]);
        _source.Put("/e/f", [1]);
        _metered = new MeteredSource(_source, TestWorld.FetchTimeout, 1 << 20, new FakeTimeProvider(), NullLogger.Instance);
    }

    [Fact]
    public async Task An_export_that_was_away_for_one_listing_takes_no_directory_along()
    {
        var missing = Known();
        _source.IsUnmounted = true;
        var answer = await _metered.ListAsync(Path, TestWorld.Cancel);
        _source.IsUnmounted = false; // back before its root is looked at
        Assert.Equal(SourceErrorKind.NotFound, answer.Error!.Kind);

        var confirmed = await AbsenceCheck.ConfirmGoneAsync(_metered, Path, answer.Error, missing, TestWorld.Cancel);

        Assert.False(confirmed.IsKnown);
    }

    [Fact]
    public async Task A_directory_that_is_still_not_there_after_its_root_was_looked_at_is_gone()
    {
        var missing = Known();
        _source.Remove("/d");
        var answer = await _metered.ListAsync(Path, TestWorld.Cancel);

        var confirmed = await AbsenceCheck.ConfirmGoneAsync(_metered, Path, answer.Error!, missing, TestWorld.Cancel);

        Assert.True(confirmed.IsKnown);
        Assert.Equal(SourceErrorKind.NotFound, confirmed.Error!.Kind);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private List<SnapshotNode> Known()
    {
        var replica = new Replica(_source.Id, Path / PathName.Of("f"), FakeSource.Weak(1, 1000));
        return [new FileNode(PathName.Of("f"), FileVersion.FirstSeen(replica, UnixTime.FromSeconds(2000)))];
    }
}
