using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Polling.Names;

/// <summary>Files of which a listing gave only the names, as programs ask for them.</summary>
public sealed class NamesAheadTests : IAsyncDisposable
{
    private const int Files = 5000;

    private readonly TestWorld _world = new();

    private static CancellationToken Cancel => TestWorld.Cancel;

    [Fact]
    public async Task A_directory_gone_through_name_by_name_takes_a_question_a_file_and_few_updates()
    {
        var (running, most) = (0, 0);
        _world.Source.Stat = async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return null;
        };
        await FillAsync(Files);
        var before = _world.Engine.Current.Number;

        for (var at = 0; at < Files; at++)
            Assert.Equal(1 + (at % 7), (await LookupAsync(at)).Value.SizeBytes);

        Assert.Equal(Files, _world.Source.Stats);
        Assert.InRange(most, 2, 16);
        // Nine while the batches grow; then 256 at a time. The clock stands still, so none is published in parts.
        Assert.InRange(_world.Engine.Current.Number - before, 1, 9 + (Files / 256) + 1);
    }

    [Fact]
    public async Task One_name_that_is_asked_for_is_one_question()
    {
        await FillAsync(1000);
        await LookupAsync(500);
        Assert.Equal(1, _world.Source.Stats);
        await LookupAsync(100);
        await LookupAsync(100);
        Assert.Equal(2, _world.Source.Stats);
    }

    [Fact]
    public async Task What_fails_ahead_fails_alone_and_is_asked_for_again_when_it_is_wanted()
    {
        _world.Source.Stat = (path, _) => Task.FromResult(path == File(6) ? new SourceError(SourceErrorKind.Denied, "403") : null);
        await FillAsync(20);
        for (var at = 0; at < 20; at++)
            Assert.Equal(at == 6 ? FileSystemError.AccessDenied : FileSystemError.None, (await LookupAsync(at)).Error);
        _world.Source.Stat = null;
        Assert.True((await LookupAsync(6)).IsOk);
    }

    [Fact]
    public async Task What_is_not_there_when_asked_ahead_goes_only_when_it_is_wanted()
    {
        await FillAsync(20);
        _world.Source.Remove(File(5).ToString());
        for (var at = 0; at < 4; at++)
            Assert.True((await LookupAsync(at)).IsOk);
        Assert.NotNull(_world.Engine.Current.Find(File(5)));
        Assert.Equal(8, _world.Source.Stats + 1); // the batch of four had it in the midst

        Assert.Equal(FileSystemError.NotFound, (await LookupAsync(5)).Error);
        Assert.Null(_world.Engine.Current.Find(File(5)));
        Assert.True((await LookupAsync(6)).IsOk);
    }

    [Fact]
    public async Task A_source_that_falls_silent_is_not_asked_for_the_rest()
    {
        await FillAsync(2000);
        for (var at = 0; at < 255; at++)
            Assert.True((await LookupAsync(at)).IsOk);
        var before = _world.Source.Stats;
        _world.Source.Failure = new SourceError(SourceErrorKind.Unreachable, "connection refused");

        Assert.Equal(FileSystemError.Unreachable, (await LookupAsync(255)).Error);
        Assert.InRange(_world.Source.Stats - before, 1, 16);
        Assert.Equal(FileSystemError.Unreachable, (await LookupAsync(256)).Error);
        Assert.InRange(_world.Source.Stats - before, 2, 19);

        _world.Source.Failure = null;
        Assert.True((await LookupAsync(256)).IsOk);
    }

    [Fact]
    public async Task One_that_hangs_holds_up_only_who_wants_it()
    {
        var hangs = new TaskCompletionSource();
        _world.Source.Stat = async (path, cancel) =>
        {
            if (path == File(5)) await hangs.Task.WaitAsync(cancel);
            return null;
        };
        await FillAsync(20);
        for (var at = 0; at < 3; at++)
            Assert.True((await LookupAsync(at)).IsOk);

        foreach (var at in new[] { 3, 4, 6, 7 })
            Assert.True((await _world.EndAsync(LookupAsync(at), TimeSpan.FromMilliseconds(10))).IsOk);
        var wanted = LookupAsync(5);
        Assert.False(wanted.IsCompleted);
        hangs.SetResult();
        Assert.True((await wanted).IsOk);
        await TestWorld.UntilAsync(() => _world.Source.Stats == 1 + 2 + 4 + 8); // the last of them ahead
    }

    [Fact]
    public async Task What_failed_ahead_is_asked_for_again_also_while_the_others_are_under_way()
    {
        var (hangs, fails) = (new TaskCompletionSource(), true);
        _world.Source.Stat = async (path, cancel) =>
        {
            if (path == File(5)) await hangs.Task.WaitAsync(cancel);
            return path == File(6) && fails ? new SourceError(SourceErrorKind.Denied, "403") : null;
        };
        await FillAsync(20);
        for (var at = 0; at < 3; at++)
            Assert.True((await LookupAsync(at)).IsOk);

        Assert.True((await _world.EndAsync(LookupAsync(3), TimeSpan.FromMilliseconds(10))).IsOk);
        await TestWorld.UntilAsync(() => _world.Source.Stats == 1 + 2 + 4);
        fails = false;
        Assert.True((await _world.EndAsync(LookupAsync(6), TimeSpan.FromMilliseconds(10))).IsOk);
        hangs.SetResult();
    }

    [Fact]
    public async Task Many_who_want_the_same_name_ask_once_and_one_who_goes_away_stops_nobody()
    {
        var answers = new TaskCompletionSource();
        _world.Source.Stat = async (_, cancel) =>
        {
            await answers.Task.WaitAsync(cancel);
            return null;
        };
        await FillAsync(3);
        using var leaves = new CancellationTokenSource();
        var first = _world.Files.LookupAsync(NodeId.Root, File(1).Name, leaves.Token).AsTask();
        var others = Enumerable.Range(0, 5).Select(_ => LookupAsync(1)).ToList();
        await leaves.CancelAsync();
        Assert.Equal(FileSystemError.Interrupted, (await first).Error);

        answers.SetResult();
        Assert.All(await Task.WhenAll(others), other => Assert.True(other.IsOk));
        Assert.Equal(1, _world.Source.Stats);
    }

    [Fact]
    public async Task What_a_listing_says_meanwhile_wins()
    {
        var answers = new TaskCompletionSource();
        await FillAsync(3);
        _world.Source.Stat = async (_, cancel) =>
        {
            await answers.Task.WaitAsync(cancel);
            return null;
        };
        var wanted = LookupAsync(1);
        var listed = FakeSource.Weak(9, 2000);
        _world.Source.Put(File(1).ToString(), new FakeFile(new byte[9], listed, listed));
        await _world.Engine.PollAsync(Cancel);
        answers.SetResult();

        Assert.Equal(9, (await wanted).Value.SizeBytes);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static VirtualPath File(int at) => VirtualPath.Parse($"/f{at:0000}");

    private async Task FillAsync(int files)
    {
        for (var at = 0; at < files; at++)
            _world.Source.Put(File(at).ToString(), new FakeFile(new byte[1 + (at % 7)], null, FakeSource.Weak(1 + (at % 7), 1000)));
        await _world.OpenAsync();
        await _world.ListAsync("/");
    }

    private Task<Outcome<NodeAttributes>> LookupAsync(int at) => _world.Files.LookupAsync(NodeId.Root, File(at).Name, Cancel).AsTask();
}
