using Microsoft.Extensions.Logging;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Sources;

/// <summary>
/// A source as the engine calls it: each call is measured, and cut off when the source is silent for too long. One that
/// does not even end then (a system call on a dead export) is left to itself.
/// </summary>
internal sealed class MeteredSource(ISource source, TimeSpan silence, long maxBytesInFlight, TimeProvider clock, ILogger logger)
{
    /// <summary>Questions for which nobody waits. With the one that somebody waits for there are sixteen at once.</summary>
    private const int MostQuestionsAhead = 15;

    /// <summary>So long a call may take to end once it was asked to.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    public SourceId Id => source.Id;

    public string Name => source.Name;

    public SourceMeter Meter { get; } = new(source, clock);

    public Outage Outage { get; } = new(source.Name, silence, clock, logger);

    /// <summary>Bounds what is asked of this source at a time.</summary>
    public Budget Budget { get; } = new(maxBytesInFlight);

    /// <summary>Set when the source asked to be left alone for a while.</summary>
    public Throttle Throttle { get; } = new(clock);

    /// <summary>Spreads what polls ask of this source.</summary>
    public ListingRate Listings { get; } = new(clock);

    /// <summary>Bounds the questions for files that nobody waits for yet.</summary>
    public Budget QuestionsAhead { get; } = new(MostQuestionsAhead);

    public ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel) =>
        CallAsync(directory, token => source.ListAsync(directory, token), cancel);

    public ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel) =>
        CallAsync(path, token => source.StatAsync(path, token), cancel);

    /// <summary>
    /// Reads like <see cref="ISource.ReadAsync"/>; the time-out counts from the last byte. The sink must bear that a
    /// source which does not end writes into it later.
    /// </summary>
    public async ValueTask<SourceOutcome<Validator>> ReadAsync(
        VirtualPath path, ByteRange range, Validator expected, IRangeSink sink, CancellationToken cancel)
    {
        if (Throttle.InsteadOfAsking() is { } busy) return busy;
        if (Outage.InsteadOfTrying(path) is { } known) return known;
        using var silent = new CancellationTokenSource(silence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, cancel);
        var watched = new WatchedSink(sink, silent, silence, Outage, clock);
        var calledAt = clock.GetTimestamp();
        var outcome = await GuardAsync(token => source.ReadAsync(path, range, expected, watched, token), either.Token, cancel);
        // What broke after it had begun to answer is no sign that the source is down.
        if (!watched.IsAnswered || outcome.IsOk) Note(outcome.Error, path, calledAt);
        if (watched.Bytes > 0) Meter.Transferred(watched.Bytes, watched.ToFirstByte, watched.Flowing);
        return outcome;
    }

    private async ValueTask<SourceOutcome<T>> CallAsync<T>(
        VirtualPath path, Func<CancellationToken, ValueTask<SourceOutcome<T>>> call, CancellationToken cancel)
    {
        var startedAt = clock.GetTimestamp();
        while (true)
        {
            if (Throttle.InsteadOfAsking() is { } busy)
            {
                // Who only asks waits as long as for an answer: a short pause is no reason to show nothing.
                if (clock.GetElapsedTime(startedAt) + busy.RetryAfter > silence) return busy;
                await Task.Delay(busy.RetryAfter!.Value, clock, cancel);
            }

            var outcome = await CallOnceAsync(path, call, cancel);
            if (outcome.Error?.Kind != SourceErrorKind.Throttled || Throttle.InsteadOfAsking() is null) return outcome;
        }
    }

    private async ValueTask<SourceOutcome<T>> CallOnceAsync<T>(
        VirtualPath path, Func<CancellationToken, ValueTask<SourceOutcome<T>>> call, CancellationToken cancel)
    {
        // Of many calls in a row only some wait for a source that is silent: a poll over many directories would take for ever.
        if (Meter.WhileSilent(silence) is { } error) return error;
        using var silent = new CancellationTokenSource(silence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, cancel);
        var calledAt = clock.GetTimestamp();
        var outcome = await GuardAsync(call, either.Token, cancel);
        Note(outcome.Error, path, calledAt);
        if (outcome.Error is { Kind: SourceErrorKind.TimedOut } cutOff) Meter.WasSilent(cutOff);
        return outcome;
    }

    private void Note(SourceError? error, VirtualPath path, long calledAt)
    {
        if (error is { Kind: SourceErrorKind.Unreachable }) Outage.Refused(path, error, calledAt);
        else if (error is not { Kind: SourceErrorKind.TimedOut }) Outage.Answered();
    }

    private async ValueTask<SourceOutcome<T>> GuardAsync<T>(
        Func<CancellationToken, ValueTask<SourceOutcome<T>>> call, CancellationToken either, CancellationToken cancel)
    {
        SourceOutcome<T> outcome;
        try
        {
            outcome = await EndAsync(call(either), either);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            outcome = new SourceError(SourceErrorKind.TimedOut, $"'{Name}' was silent for {silence.TotalSeconds:0.#} s");
        }

        Throttle.Note(outcome.Error);
        if (outcome.Error is { } error) Meter.Failed(error);
        else Meter.Answered();
        // For as long as it is held to, not for as long as it may have asked for.
        return outcome.Error is { Kind: SourceErrorKind.Throttled } busy ? Throttle.InsteadOfAsking() ?? busy : outcome;
    }

    /// <summary>Awaits a call, but not for ever once it was cancelled.</summary>
    private async ValueTask<SourceOutcome<T>> EndAsync<T>(ValueTask<SourceOutcome<T>> call, CancellationToken cancelled)
    {
        if (call.IsCompleted) return await call;
        var running = call.AsTask();
        try
        {
            return await running.WithinAsync(cancelled);
        }
        catch (OperationCanceledException) when (!running.IsCompleted)
        {
            // Most end by themselves now, and then what they say counts.
        }

        try
        {
            return await running.WithinAsync(Grace, clock, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            throw new OperationCanceledException(cancelled);
        }
    }
}
