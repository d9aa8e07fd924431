using System.Collections.Concurrent;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Testing.Sources;

/// <summary>
/// Any source, gone wrong as the test says: <see cref="Choose"/> is asked for each call. Time passes only on the given
/// clock, nothing here is random, and it goes on wherever it was called from: so under a simulator a history replays.
/// </summary>
public sealed class FaultySource(ISource inner, TimeProvider clock) : ISource
{
    private readonly ConcurrentQueue<SourceCall> _calls = new();
    private int _count;

    public SourceId Id => inner.Id;

    public string Name => inner.Name;

    public string Kind => inner.Kind;

    /// <summary>Decides what goes wrong in a call. Replaced at any time.</summary>
    public Func<SourceCall, Fault> Choose { get; set; } = static _ => Fault.None;

    /// <summary>All calls so far, in the order in which they came.</summary>
    public IReadOnlyCollection<SourceCall> Calls => _calls;

    public async ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel)
    {
        var fault = await BeginAsync(SourceOperation.List, directory, default, cancel);
        fault.Meanwhile?.Invoke();
        if (fault.Error is { } error) return error;
        var listing = await inner.ListAsync(directory, cancel);
        return fault.Lie is null || !listing.IsOk ? listing : listing.Value.Select(entry => Bend(entry, fault.Lie)).ToList();
    }

    public async ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel)
    {
        var fault = await BeginAsync(SourceOperation.Stat, path, default, cancel);
        fault.Meanwhile?.Invoke();
        if (fault.Error is { } error) return error;
        var stat = await inner.StatAsync(path, cancel);
        return fault.Lie is null || !stat.IsOk ? stat : Bend(stat.Value, fault.Lie);
    }

    public async ValueTask<SourceOutcome<Validator>> ReadAsync(
        VirtualPath path, ByteRange range, Validator expected, IRangeSink sink, CancellationToken cancel)
    {
        var fault = await BeginAsync(SourceOperation.Read, path, range, cancel);
        var pieces = new FaultySink(sink, fault);
        var first = new ByteRange(range.Offset, Math.Min(fault.AfterBytes, range.Length));
        if (!first.IsEmpty)
        {
            var begun = await inner.ReadAsync(path, first, expected, pieces, cancel);
            if (!begun.IsOk) return begun;
        }

        fault.Meanwhile?.Invoke();
        if (fault.Error is { } error) return error;
        var rest = ByteRange.FromTo(first.End, range.End);
        var read = await inner.ReadAsync(path, rest, expected, pieces, cancel);
        return fault.Lie is null || !read.IsOk ? read : fault.Lie(read.Value);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async ValueTask<Fault> BeginAsync(SourceOperation operation, VirtualPath path, ByteRange range, CancellationToken cancel)
    {
        var call = new SourceCall(Interlocked.Increment(ref _count) - 1, operation, path, range);
        _calls.Enqueue(call);
        var fault = Choose(call);
        if (fault.Hang) await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancel);
        if (fault.Latency > TimeSpan.Zero) await Task.Delay(fault.Latency, clock, cancel);
        return fault;
    }

    private static SourceEntry Bend(SourceEntry entry, Func<Validator, Validator> lie) =>
        entry.Validator is { } validator ? entry with { Validator = lie(validator) } : entry;
}
