using VirtualView.Core.Blocks;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Versions;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.CacheControl;

/// <summary>Checks all cached blocks, and fetches anew what was damaged of versions that the view still shows.</summary>
internal sealed class CacheScrub(IBlockStore store, SnapshotKeeper keeper, Prefetcher prefetcher)
{
    public async ValueTask<VerifyReport> RunAsync(bool repair, IProgress<CacheProgress>? progress, CancellationToken cancel)
    {
        var watched = progress is null ? null : new ScrubWatch(progress);
        var found = await store.ScrubAsync(repair ? ScrubMode.Drop : ScrubMode.Report, watched, cancel);
        var parts = new List<DamagedPart>();
        var files = Shown([.. found.First.Select(block => block.Version)]);
        var refetched = 0L;
        foreach (var block in found.First)
        {
            var file = files.TryGetValue(block.Version, out var shown) ? shown : (SelectedFile?)null;
            var isBack = repair && file is { } current && await prefetcher.FetchBlockAsync(current, block.Block, cancel);
            if (isBack) refetched++;
            parts.Add(new DamagedPart(
                file?.Path.ToString(), block.Version.ToString(), block.Block * store.BlockSizeBytes, isBack ? "refetched" : repair ? "dropped" : "damaged"));
            if (repair) progress?.Report(new CacheProgress("repair", "blocks", parts.Count, found.First.Length, 0, 0));
        }

        return new VerifyReport
        {
            Blocks = found.Blocks,
            Bytes = found.Bytes,
            Damaged = found.Damaged,
            Missing = found.Missing,
            Strays = found.Strays,
            IsRepaired = repair,
            Refetched = refetched,
            Damage = [.. parts],
        };
    }

    /// <summary>Where the view shows these versions.</summary>
    private Dictionary<VersionId, SelectedFile> Shown(HashSet<VersionId> wanted)
    {
        var found = new Dictionary<VersionId, SelectedFile>();
        if (wanted.Count == 0) return found;
        var pending = new Stack<(VirtualPath Path, DirectoryNode Node)>([(VirtualPath.Root, keeper.Current.Root)]);
        while (pending.TryPop(out var at))
        {
            foreach (var entry in at.Node.Children)
            {
                if (entry is DirectoryNode directory) pending.Push((at.Path / entry.Name, directory));
                else if (entry is FileNode { VersionId: { } id } file && wanted.Contains(id)) found.TryAdd(id, new SelectedFile(at.Path / entry.Name, file.Version!));
            }
        }

        return found;
    }

    private sealed class ScrubWatch(IProgress<CacheProgress> progress) : IProgress<ScrubProgress>
    {
        public void Report(ScrubProgress value) =>
            progress.Report(new CacheProgress("verify", "blocks", value.BlocksChecked, value.BlocksTotal, value.BytesChecked, 0));
    }
}
