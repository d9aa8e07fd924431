using Microsoft.Extensions.Time.Testing;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Testing.Sources;

namespace VirtualView.Sources.Tests.Testing;

public sealed class FaultySourceTests : IAsyncDisposable
{
    private static readonly VirtualPath File = VirtualPath.Parse("/file");
    private static readonly UnixTime Old = UnixTime.FromSeconds(1_600_000_000);

    private readonly FakeTimeProvider _clock = new();
    private readonly MemorySource _memory = new(new SourceId(Guid.NewGuid()), "memory");
    private readonly FaultySource _source;
    private readonly Validator _validator;

    public FaultySourceTests()
    {
        _memory.PutFile(File, "0123456789"u8, Old);
        _validator = new Validator(ValidatorStrength.Weak, 10, Old, null);
        _source = new FaultySource(_memory, _clock);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _memory.DisposeAsync();
    }

    [Fact]
    public async Task Latency_passes_on_the_given_clock_only()
    {
        _source.Choose = _ => new Fault { Latency = TimeSpan.FromSeconds(30) };
        var stat = _source.StatAsync(File, Cancel).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.False(stat.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True((await stat).IsOk);
    }

    [Fact]
    public async Task A_hanging_call_ends_by_cancellation()
    {
        _source.Choose = _ => new Fault { Hang = true };
        using var stop = new CancellationTokenSource();
        var listing = _source.ListAsync(VirtualPath.Root, stop.Token).AsTask();
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.False(listing.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listing);
    }

    [Fact]
    public async Task A_cut_delivers_what_came_before_it()
    {
        var cut = new SourceError(SourceErrorKind.Unreachable, "cut");
        var (outcome, bytes) = await Read(new Fault { AfterBytes = 4, Error = cut, MostBytesAtOnce = 3 });
        Assert.Equal((cut, "0123"), (outcome.Error, bytes));
    }

    [Fact]
    public async Task A_change_in_the_middle_is_noticed_by_the_source()
    {
        var (outcome, bytes) = await Read(new Fault { AfterBytes = 6, Meanwhile = () => _memory.PutFile(File, "abcdefghij"u8, new UnixTime(1)) });
        Assert.Equal((SourceErrorKind.Changed, "012345"), (outcome.Error?.Kind, bytes));
    }

    [Fact]
    public async Task Lies_bend_every_answer_and_corruption_is_silent()
    {
        var (outcome, bytes) = await Read(new Fault { Corrupt = true, MostBytesAtOnce = 5, Lie = truth => truth with { Tag = "\"lie\"" } });
        Assert.Equal("\"lie\"", outcome.Value.Tag);
        Assert.Equal(2, bytes.Zip("0123456789").Count(pair => pair.First != pair.Second));
        Assert.Equal("\"lie\"", (await _source.ListAsync(VirtualPath.Root, Cancel)).Value[0].Validator?.Tag);
        Assert.Equal("\"lie\"", (await _source.StatAsync(File, Cancel)).Value.Validator?.Tag);
    }

    [Fact]
    public async Task Calls_are_remembered_in_order()
    {
        await Read(Fault.None);
        await _source.StatAsync(File, Cancel);
        Assert.Equal(
            [new SourceCall(0, SourceOperation.Read, File, new(0, 10)), new SourceCall(1, SourceOperation.Stat, File, default)],
            _source.Calls);
    }

    private async Task<(SourceOutcome<Validator> Outcome, string Bytes)> Read(Fault fault)
    {
        _source.Choose = _ => fault;
        var sink = new ArraySink(10);
        var outcome = await _source.ReadAsync(File, new(0, 10), _validator, sink, Cancel);
        return (outcome, System.Text.Encoding.ASCII.GetString(sink.Filled));
    }
}
