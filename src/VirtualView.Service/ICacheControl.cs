using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Engine.CacheControl;

namespace VirtualView.Service;

/// <summary>What the service may ask of the cache of the running mount. Any thread may call anything at any time.</summary>
public interface ICacheControl
{
    ValueTask<PrefetchReport> PrefetchAsync(ImmutableArray<VirtualPath> paths, IProgress<CacheProgress>? progress, CancellationToken cancel);

    ValueTask<PinReport> PinAsync(ImmutableArray<VirtualPath> paths, CancellationToken cancel);

    ValueTask<PinReport> UnpinAsync(ImmutableArray<VirtualPath> paths, CancellationToken cancel);

    PinReport Pins();

    ValueTask<EvictReport> EvictAsync(ImmutableArray<VirtualPath> paths, IProgress<CacheProgress>? progress, CancellationToken cancel);

    ValueTask<VerifyReport> VerifyAsync(bool repair, IProgress<CacheProgress>? progress, CancellationToken cancel);
}
