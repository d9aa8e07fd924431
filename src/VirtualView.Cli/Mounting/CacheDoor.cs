using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Engine.CacheControl;
using VirtualView.Service;

namespace VirtualView.Cli.Mounting;

/// <summary>The engine's cache as the service asks for it: neither room knows the other's contract.</summary>
internal sealed class CacheDoor(ViewCache cache) : ICacheControl
{
    public ValueTask<PrefetchReport> PrefetchAsync(ImmutableArray<VirtualPath> paths, IProgress<CacheProgress>? progress, CancellationToken cancel) =>
        cache.PrefetchAsync(paths, progress, cancel);

    public ValueTask<PinReport> PinAsync(ImmutableArray<VirtualPath> paths, CancellationToken cancel) => cache.PinAsync(paths, cancel);

    public ValueTask<PinReport> UnpinAsync(ImmutableArray<VirtualPath> paths, CancellationToken cancel) => cache.UnpinAsync(paths, cancel);

    public PinReport Pins() => cache.Pins();

    public ValueTask<EvictReport> EvictAsync(ImmutableArray<VirtualPath> paths, IProgress<CacheProgress>? progress, CancellationToken cancel) =>
        cache.EvictAsync(paths, progress, cancel);

    public ValueTask<VerifyReport> VerifyAsync(bool repair, IProgress<CacheProgress>? progress, CancellationToken cancel) =>
        cache.VerifyAsync(repair, progress, cancel);
}
