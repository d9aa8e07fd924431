using VirtualView.Engine.CacheControl;

namespace VirtualView.Service.Streaming;

/// <summary>Remembers the newest progress only: who reads slowly misses some.</summary>
internal sealed class LatestProgress : IProgress<CacheProgress>
{
    private readonly Lock _gate = new();
    private CacheProgress? _latest; // guarded by _gate

    public void Report(CacheProgress value)
    {
        lock (_gate)
            _latest = value;
    }

    public CacheProgress? Take()
    {
        lock (_gate)
        {
            var latest = _latest;
            _latest = null;
            return latest;
        }
    }
}
