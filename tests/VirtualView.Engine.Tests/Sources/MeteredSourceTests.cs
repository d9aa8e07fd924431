using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Engine.Sources;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Sources;

public sealed class MeteredSourceTests : IAsyncDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider _clock = new();
    private readonly FakeSource _source = new("one");
    private readonly MeteredSource _metered;

    public MeteredSourceTests() => _metered = new MeteredSource(_source, Silence, 1 << 20, _clock, NullLogger.Instance);

    [Fact]
    public async Task A_silent_source_is_cut_off()
    {
        _source.Delay = token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        var stat = _metered.StatAsync(VirtualPath.Root, TestWorld.Cancel).AsTask();
        _clock.Advance(Silence - TimeSpan.FromSeconds(1));
        Assert.False(stat.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(SourceErrorKind.TimedOut, (await stat).Error!.Kind);
        Assert.True(_metered.Meter.IsDown);
    }

    [Fact]
    public async Task A_call_that_does_not_even_end_then_is_left_to_itself()
    {
        var never = new TaskCompletionSource();
        _source.Delay = _ => never.Task;

        var stat = await TestWorld.EndAsync(_clock, _metered.StatAsync(VirtualPath.Root, TestWorld.Cancel).AsTask(), TimeSpan.FromSeconds(1));

        Assert.Equal(SourceErrorKind.TimedOut, stat.Error!.Kind);
    }

    [Fact]
    public async Task While_a_source_is_silent_others_do_not_wait_for_it_too()
    {
        _source.Delay = token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        await TestWorld.EndAsync(_clock, _metered.StatAsync(VirtualPath.Root, TestWorld.Cancel).AsTask(), TimeSpan.FromSeconds(30));
        _source.Delay = _ => Task.CompletedTask;
        _source.PutDirectory("/a");

        Assert.Equal(SourceErrorKind.TimedOut, (await _metered.StatAsync(VirtualPath.Parse("/a"), TestWorld.Cancel)).Error!.Kind);
        _clock.Advance(Silence);
        Assert.True((await _metered.StatAsync(VirtualPath.Parse("/a"), TestWorld.Cancel)).IsOk);
    }

    [Fact]
    public async Task A_source_that_cancels_itself_counts_as_silent()
    {
        _source.Delay = _ => Task.FromCanceled(new CancellationToken(canceled: true));

        Assert.Equal(SourceErrorKind.TimedOut, (await _metered.StatAsync(VirtualPath.Root, TestWorld.Cancel)).Error!.Kind);
    }

    [Fact]
    public async Task The_callers_cancellation_is_thrown()
    {
        _source.Delay = token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        using var cancel = new CancellationTokenSource();
        var stat = _metered.StatAsync(VirtualPath.Root, cancel.Token).AsTask();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stat);
        Assert.False(_metered.Meter.IsDown);
    }

    [Theory]
    [InlineData(100, SourceErrorKind.TimedOut)]
    [InlineData(2000, null)]
    public async Task A_source_that_trickles_is_cut_off_and_one_that_is_slow_is_not(int bytesInSecond, SourceErrorKind? expected)
    {
        var validator = FakeSource.Weak(100_000, 1000);
        _source.Put("/f", FakeSource.Pattern(100_000));
        (_source.PieceBytes, _source.Pause) = (bytesInSecond, token => Task.Delay(TimeSpan.FromSeconds(1), _clock, token));
        var sink = new CountingSink();

        var read = await TestWorld.EndAsync(
            _clock, _metered.ReadAsync(VirtualPath.Parse("/f"), new ByteRange(0, 100_000), validator, sink, TestWorld.Cancel).AsTask(), TimeSpan.FromSeconds(1));

        Assert.Equal(expected, read.Error?.Kind);
        Assert.InRange(sink.Bytes, expected is null ? 100_000 : 1, expected is null ? 100_000 : 31 * bytesInSecond);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
