using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Units;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Tests.World;
using VirtualView.Testing;

namespace VirtualView.Engine.Tests.Snapshots;

public sealed class SnapshotSaverTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly SnapshotKeeper _keeper;

    public SnapshotSaverTests() => _keeper = new SnapshotKeeper(Snapshot.Initial(default), _clock);

    [Fact]
    public async Task Snapshots_in_quick_succession_are_saved_once_a_pause_and_the_last_one_is_not_missed()
    {
        await using var state = new MemoryState();
        var saver = new SnapshotSaver(state, null, _keeper, null, _clock, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var running = saver.RunAsync(stop.Token);
        Change(saver, 1);
        await Eventually.TrueAsync(() => state.Saves == 1);
        for (var at = 2; at < 10; at++) Change(saver, at);
        Assert.Equal(1, state.Saves);

        await Eventually.TrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return ReferenceEquals(state.Saved, _keeper.Current);
        });

        Assert.Equal(2, state.Saves);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_save_that_fails_is_tried_again()
    {
        await using var state = new MemoryState();
        state.FailNext(2);
        var saver = new SnapshotSaver(state, null, _keeper, null, _clock, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var running = saver.RunAsync(stop.Token);
        Change(saver, 1);

        await Eventually.TrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return state.Saves == 1;
        });

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private void Change(SnapshotSaver saver, long seconds)
    {
        _keeper.Update(VirtualPath.Root, root => ((DirectoryNode)root).Touched(UnixTime.FromSeconds(seconds)));
        saver.Changed();
    }
}
