using VirtualView.Core.Blocks;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Overlay;

namespace VirtualView.Engine.Overlay;

/// <summary>What is written comes before what is cached: on a full disk the cache gives room.</summary>
internal sealed class RoomForWrites(IBlockStore store, IOverlayFiles files)
{
    private const long LeastBytes = 64L << 20;

    /// <summary>False when neither removed files nor the cache had anything to give.</summary>
    public async ValueTask<bool> MakeAsync(CancellationToken cancel) =>
        await files.DeleteNowAsync() || await store.FreeAsync(LeastBytes, cancel) > 0;

    /// <summary>What can be written: what is free, and what the cache would give.</summary>
    public FileSystemStatistics Statistics(FileSystemStatistics cache)
    {
        var used = cache.TotalBytes - cache.FreeBytes;
        var free = files.FreeBytes();
        return cache with { TotalBytes = Math.Max(cache.TotalBytes, used + free), FreeBytes = free };
    }
}
