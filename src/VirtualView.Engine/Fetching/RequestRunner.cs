using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.Fetching;

/// <summary>
/// Carries out one request to its end: from one replica after the other, going on where the last one broke, with growing
/// pauses while none answers, until nothing has come for a whole time-out, or all sources are known to be down.
/// </summary>
internal sealed class RequestRunner
{
    /// <summary>What requests and blocks not yet stored may hold in memory together, over all sources.</summary>
    private const long MaxBytesInMemory = 192L << 20;

    private readonly ReplicaSelector _selector;
    private readonly PinnedVersions _pinned;
    private readonly EngineCounters _counters;
    private readonly IVersionNotes _notes;
    private readonly Budget _memory = new(MaxBytesInMemory);
    private readonly BlockKeeper _keeper;
    private readonly TimeSpan _giveUpAfter;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline<RequestProgress> _retries;

    public RequestRunner(
        ReplicaSelector selector, PinnedVersions pinned, EngineCounters counters, WorkSet work, IVersionNotes notes, TimeSpan giveUpAfter, TimeProvider clock, ILogger logger)
    {
        (_selector, _pinned, _counters, _notes) = (selector, pinned, counters, notes);
        (_giveUpAfter, _clock, _logger) = (giveUpAfter, clock, logger);
        _keeper = new BlockKeeper(pinned, counters, work, _memory);
        _retries = new ResiliencePipelineBuilder<RequestProgress> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<RequestProgress>
            {
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result?.ShouldTryAgain == true),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(50),
                MaxDelay = TimeSpan.FromSeconds(5),
                DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result switch
                {
                    { LeastWait: var wait } when wait > TimeSpan.Zero => wait,
                    { IsRefused: true } => PauseAfterRefusal(arguments.AttemptNumber),
                    _ => (TimeSpan?)null,
                }),
            })
            .Build();
    }

    /// <summary>Fetches every block of the request, or finishes each with the reason. The caller's hold on the version passes to this.</summary>
    public async Task RunAsync(PinnedVersion version, BlockRequest request, CancellationToken stop)
    {
        var progress = new RequestProgress(version, request, _clock.GetTimestamp());
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, stop);
        try
        {
            await _retries.ExecuteAsync(static (context, state) => state.Runner.TryReplicasAsync(state.Progress, context.CancellationToken), context, (Runner: this, Progress: progress));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            progress.Stopped();
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            Abandon(progress);
            _pinned.Unpin(version);
        }
    }

    /// <summary>One round over all replicas. What it returns says whether another round makes sense.</summary>
    private async ValueTask<RequestProgress> TryReplicasAsync(RequestProgress progress, CancellationToken stop)
    {
        progress.BeginRound();
        var tried = false;
        foreach (var (replica, source) in _selector.InOrder(progress.Version.Accepted, progress.LeftBytes))
        {
            tried = true;
            if (await AttemptAsync(progress, replica, source, stop) is not { } error) return progress;
            var isDown = error.Kind == SourceErrorKind.Unreachable && source.Outage.IsKnown;
            progress.Note(source.Name, error, isDown);
            Log(progress, source, error, isDown);
            if (error.Kind is SourceErrorKind.Changed or SourceErrorKind.NotFound or SourceErrorKind.WrongKind)
                Lose(progress.Version, replica, error.Kind);
        }

        if (!tried) progress.NoReplicaLeft();
        progress.ShouldTryAgain = progress.MayRecover && !IsGivenUp(progress);
        return progress;
    }

    private void Lose(PinnedVersion version, Replica replica, SourceErrorKind kind)
    {
        // What is not found may come back as it was: an export that is not mounted for a while. Who reads later asks again.
        if (kind == SourceErrorKind.Changed) version.Accepted.Lose(replica);
        _notes.Lost(version.Path);
    }

    /// <summary>Short, because a server that restarts is back in seconds.</summary>
    private static TimeSpan PauseAfterRefusal(int attempt) => TimeSpan.FromMilliseconds(Math.Min(1000, 50 << Math.Min(attempt, 10)));

    private void Log(RequestProgress progress, MeteredSource source, SourceError error, bool isDown)
    {
        // That a source is down is said once for all requests.
        if (isDown || progress.IsLogged) return;
        progress.IsLogged = true;
        EngineLog.ReadFailed(_logger, progress.Left, progress.Version.Path, source.Name, error);
    }

    private bool IsGivenUp(RequestProgress progress) =>
        progress.IsAllDown || (progress.Rounds >= 2 || progress.LeastWait > TimeSpan.Zero) && IsTooLate(progress);

    /// <summary>True when the next round, after the pause that sources ask for, would come when nothing has arrived for a whole time-out.</summary>
    private bool IsTooLate(RequestProgress progress) =>
        progress.LeastWait >= _giveUpAfter - _clock.GetElapsedTime(progress.LastProgressAt);

    /// <summary>Null when the request is complete.</summary>
    private async ValueTask<SourceError?> AttemptAsync(RequestProgress progress, Replica replica, MeteredSource source, CancellationToken stop)
    {
        var version = progress.Version;
        var asked = progress.Left;
        // Memory last: requests that queue for a slow source hold none, so the others are not starved by it.
        await source.Budget.TakeAsync(asked.Length, stop);
        try
        {
            await _memory.TakeAsync(asked.Length, stop);
        }
        catch
        {
            source.Budget.Return(asked.Length);
            throw;
        }

        var startedAt = _clock.GetTimestamp();
        var mayStore = version.IsStored;
        var sink = new BlockSink(progress.Request, progress.NextBlock, Accept, Complete);
        try
        {
            var outcome = await source.ReadAsync(replica.Path, asked, version.Accepted.Expected(replica), sink, stop);
            if (outcome.Error is not null) return outcome.Error;
            return progress.IsComplete
                ? null
                : new SourceError(SourceErrorKind.Invalid, $"'{source.Name}' claims to have sent {asked} but sent less");
        }
        finally
        {
            sink.End();
            source.Budget.Return(asked.Length);
            // The keeper has what the complete blocks hold.
            _memory.Return(progress.LeftBytes);
            version.Transfers.AddFetched(replica.Source, asked.Length - progress.LeftBytes, _clock.GetElapsedTime(startedAt));
        }

        void Complete(InflightBlock block)
        {
            progress.Completed(_clock.GetTimestamp());
            _keeper.Keep(version, block, replica.Source, mayStore);
        }

        bool Accept(Validator answer)
        {
            if (answer.Strength == ValidatorStrength.Racy) mayStore = false;
            if (!version.Accepted.Accept(replica, answer)) return false;
            // Before its first byte is kept: whoever finds another tag later must find that the snapshot knew this one.
            if (version.IsStored && version.Accepted.IsNews(replica))
                _notes.Learned(version.Path, version.Version.Id, replica, version.Accepted.Expected(replica));
            return true;
        }
    }

    private void Abandon(RequestProgress progress)
    {
        if (progress.IsComplete) return;
        _counters.FetchFailed();
        progress.Version.Transfers.Fail(progress.Why);
        foreach (var block in progress.Request.Blocks.AsSpan()[progress.NextBlock..])
        {
            // First out of the table: who comes now must ask anew, not join what has failed.
            block.Hold();
            progress.Version.Blocks.Retire(block);
            block.Finish(progress.Failure);
            block.LetGo();
        }
    }
}
