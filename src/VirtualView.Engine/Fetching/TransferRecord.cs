using System.Collections.Immutable;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Fetching;

/// <summary>What moved for one version since the daemon started: for <c>explain</c>.</summary>
internal sealed class TransferRecord
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SourceId, (long Bytes, double Milliseconds)> _bySource = []; // guarded by _gate
    private string? _lastFailure; // guarded by _gate
    private long _served;

    public long Served => Interlocked.Read(ref _served);

    public string? LastFailure
    {
        get
        {
            lock (_gate)
                return _lastFailure;
        }
    }

    public ImmutableDictionary<SourceId, (long Bytes, double Milliseconds)> BySource
    {
        get
        {
            lock (_gate)
                return _bySource.ToImmutableDictionary();
        }
    }

    public void AddServed(long bytes) => Interlocked.Add(ref _served, bytes);

    public void AddFetched(SourceId source, long bytes, TimeSpan took)
    {
        lock (_gate)
        {
            var before = _bySource.GetValueOrDefault(source);
            _bySource[source] = (before.Bytes + bytes, before.Milliseconds + took.TotalMilliseconds);
        }
    }

    public void Fail(string why)
    {
        lock (_gate)
            _lastFailure = why;
    }
}
