using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.Polling;

/// <summary>Lists again, in the background, every directory that is known.</summary>
internal sealed class Poller(SnapshotKeeper keeper, DirectoryLister lister, TimeSpan interval, TimeProvider clock)
{
    private const int ListingsAtOnce = 8;

    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            await PollAsync(cancel);
            await Task.Delay(interval, clock, cancel);
        }
    }

    /// <summary>One round, parents before children; directories that vanish meanwhile are skipped.</summary>
    public async ValueTask PollAsync(CancellationToken cancel)
    {
        var places = new Budget(ListingsAtOnce);
        foreach (var level in ListedDirectories().GroupBy(path => path.Names.Length).OrderBy(level => level.Key))
            await Task.WhenAll(level.Select(path => PollOneAsync(path, places, cancel)));
    }

    private async Task PollOneAsync(VirtualPath path, Budget places, CancellationToken cancel)
    {
        await places.TakeAsync(1, cancel);
        try
        {
            await lister.ListAnewAsync(path, cancel);
        }
        finally
        {
            places.Return(1);
        }
    }

    private List<VirtualPath> ListedDirectories()
    {
        var found = new List<VirtualPath>();
        var pending = new Stack<(VirtualPath Path, DirectoryNode Node)>([(VirtualPath.Root, keeper.Current.Root)]);
        while (pending.TryPop(out var at))
        {
            if (!at.Node.IsListed) continue;
            found.Add(at.Path);
            foreach (var child in at.Node.Children.OfType<DirectoryNode>())
                pending.Push((at.Path / child.Name, child));
        }

        return found;
    }
}
