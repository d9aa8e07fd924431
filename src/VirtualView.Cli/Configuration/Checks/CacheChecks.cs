using System.Numerics;
using VirtualView.Cli.Configuration.Reading;
using VirtualView.Cli.Configuration.Sections;
using VirtualView.Core.Paths;

namespace VirtualView.Cli.Configuration.Checks;

/// <summary>What must hold between the sizes of blocks, requests and the cache.</summary>
internal static class CacheChecks
{
    public static void Run(VirtualViewSection section, KeyPath root, MistakeList mistakes)
    {
        var (cache, fetch) = (section.Cache, section.Fetch);
        var key = root / nameof(section.Cache);
        var blockSize = mistakes.Written(key / nameof(cache.BlockSize), cache.BlockSize);
        if (!BitOperations.IsPow2(cache.BlockSize.Bytes))
            mistakes.Add(key / nameof(cache.BlockSize), $"'{blockSize}' is not a power of two; write 64 KiB, 128 KiB, ... 8 MiB");
        if (PathChecks.Absolute(cache.Directory, key / nameof(cache.Directory), mistakes))
            PathChecks.Outside(cache.Directory, section.View.MountPoint, key / nameof(cache.Directory), mistakes);
        for (var index = 0; index < cache.Policies.Length; index++)
            GlobCheck(cache.Policies[index].Match, key / nameof(cache.Policies) / index / nameof(CachePolicySection.Match), mistakes);

        var (requestKey, inFlightKey) = (root / nameof(section.Fetch) / nameof(fetch.MaxRequest), root / nameof(section.Fetch) / nameof(fetch.MaxInFlight));
        var maxRequest = mistakes.Written(requestKey, fetch.MaxRequest);
        if (fetch.MaxRequest.Bytes < cache.BlockSize.Bytes)
            mistakes.Add(requestKey, $"'{maxRequest}' is less than one block; write at least Cache.BlockSize, {blockSize}");
        if (fetch.MaxInFlight.Bytes < fetch.MaxRequest.Bytes)
            mistakes.Add(inFlightKey, $"'{mistakes.Written(inFlightKey, fetch.MaxInFlight)}' is less than one request; write at least Fetch.MaxRequest, {maxRequest}");
    }

    private static void GlobCheck(string? match, KeyPath key, MistakeList mistakes)
    {
        NameChecks.Present(match, key, mistakes);
        if (!string.IsNullOrEmpty(match) && !PathGlob.TryParse(match, out _))
            mistakes.Add(key, $"'{match}' is not a glob over paths in the view; write names between slashes, such as **/*.nxs, without '..' and at most {PathGlob.MaxNames}");
    }
}
