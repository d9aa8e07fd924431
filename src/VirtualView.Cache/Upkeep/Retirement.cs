using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using VirtualView.Cache.Layout;
using VirtualView.Cache.Payloads;
using VirtualView.Core.Crashes;

namespace VirtualView.Cache.Upkeep;

/// <summary>Payloads that may have to go: dropped or empty, once nobody leases them. Deleting a large file takes time, so it waits for the upkeep.</summary>
internal sealed class Retirement(PayloadTable table, Action nudge, ILogger log)
{
    private readonly ConcurrentQueue<Payload> _candidates = new();
    private readonly ConcurrentDictionary<ulong, Payload> _leaving = new();
    private TaskCompletionSource? _underway;

    /// <summary>Payloads that are about to leave the table, or have left it while their file is still there.</summary>
    public ICollection<ulong> Leaving() => _leaving.Keys;

    /// <summary>Ends when the payload that is just being deleted is; null when none is.</summary>
    public Task? Underway => Volatile.Read(ref _underway)?.Task;

    /// <summary>Gives a lease back.</summary>
    public void Release(Payload payload)
    {
        if (table.Release(payload) && (payload.IsDropped || payload.Bits.NextPresent(0) < 0)) Consider(payload);
    }

    public void Consider(Payload payload)
    {
        _candidates.Enqueue(payload);
        nudge();
    }

    /// <param name="delete">Deletes a payload that has left the table; false when it must be tried again.</param>
    public void Run(Func<Payload, bool> delete)
    {
        for (var left = _candidates.Count; left > 0 && _candidates.TryDequeue(out var payload); left--)
        {
            var underway = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _underway, underway);
            var isFirstTry = _leaving.TryAdd(payload.Id, payload);
            var isOut = payload.Place < 0 || table.TryRemove(payload);
            if (isOut && !TryDelete(payload, delete, isFirstTry)) _candidates.Enqueue(payload);
            else _leaving.TryRemove(payload.Id, out _);
            Volatile.Write(ref _underway, null);
            underway.TrySetResult();
        }
    }

    /// <summary>A file that cannot be deleted now must not stop the upkeep, nor be told of at each of its rounds.</summary>
    private bool TryDelete(Payload payload, Func<Payload, bool> delete, bool isFirstTry)
    {
        try
        {
            CrashPoint.Reached(CrashPoints.CacheRetireDetached);
            return delete(payload);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (isFirstTry) log.PunchFailed(StoreLayout.PayloadName(payload.Id), error);
            return false;
        }
    }
}
