using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Sources;

/// <summary>
/// A source as the engine calls it: each call is measured, and cut off when the source is silent for too long.
/// </summary>
internal sealed class MeteredSource(ISource source, TimeSpan silence, long maxBytesInFlight, TimeProvider clock)
{
    public SourceId Id => source.Id;

    public string Name => source.Name;

    public SourceMeter Meter { get; } = new(source, clock);

    /// <summary>Bounds what is asked of this source at a time.</summary>
    public ByteBudget Budget { get; } = new(maxBytesInFlight);

    public ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel) =>
        CallAsync(token => source.ListAsync(directory, token), cancel);

    public ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel) =>
        CallAsync(token => source.StatAsync(path, token), cancel);

    /// <summary>Reads like <see cref="ISource.ReadAsync"/>; the time-out counts from the last byte.</summary>
    public async ValueTask<SourceOutcome<Validator>> ReadAsync(
        VirtualPath path, ByteRange range, Validator expected, IRangeSink sink, CancellationToken cancel)
    {
        using var silent = new CancellationTokenSource(silence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, cancel);
        var watched = new WatchedSink(sink, silent, silence, clock);
        var outcome = await GuardAsync(token => source.ReadAsync(path, range, expected, watched, token), either.Token, cancel);
        if (watched.Bytes > 0) Meter.Transferred(watched.Bytes, watched.ToFirstByte, watched.Flowing);
        return outcome;
    }

    private async ValueTask<SourceOutcome<T>> CallAsync<T>(
        Func<CancellationToken, ValueTask<SourceOutcome<T>>> call, CancellationToken cancel)
    {
        using var silent = new CancellationTokenSource(silence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, cancel);
        return await GuardAsync(call, either.Token, cancel);
    }

    private async ValueTask<SourceOutcome<T>> GuardAsync<T>(
        Func<CancellationToken, ValueTask<SourceOutcome<T>>> call, CancellationToken either, CancellationToken cancel)
    {
        SourceOutcome<T> outcome;
        try
        {
            outcome = await call(either);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            outcome = new SourceError(SourceErrorKind.TimedOut, $"'{Name}' was silent for {silence.TotalSeconds:0.#} s");
        }

        if (outcome.Error is { } error) Meter.Failed(error);
        else Meter.Answered();
        return outcome;
    }
}
