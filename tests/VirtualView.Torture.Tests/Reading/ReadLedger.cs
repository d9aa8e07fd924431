using System.Collections.Concurrent;

namespace VirtualView.Torture.Tests.Reading;

/// <summary>What readers got, and what they should never have got.</summary>
internal sealed class ReadLedger
{
    private readonly ConcurrentQueue<string> _violations = new();
    private long _bytes;
    private long _handles;
    private long _stale;

    public IReadOnlyCollection<string> Violations => _violations;

    public void Right(int bytes) => Interlocked.Add(ref _bytes, bytes);

    public void Opened() => Interlocked.Increment(ref _handles);

    /// <summary>A read that said that its version is gone, rightly.</summary>
    public void Stale() => Interlocked.Increment(ref _stale);

    public void Violation(string what) => _violations.Enqueue(what);

    public override string ToString() => $"{_bytes:N0} bytes right through {_handles:N0} handles, {_stale} times stale, {_violations.Count} violations";
}
