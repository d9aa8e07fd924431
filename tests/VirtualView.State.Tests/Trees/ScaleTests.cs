using System.Diagnostics;
using VirtualView.Core.Snapshots;
using VirtualView.State.Tests.Support;

namespace VirtualView.State.Tests.Trees;

[Collection(AloneCollection.Name)]
public sealed class ScaleTests() : StateTest(isOnDisk: true)
{
    [Fact]
    public async Task Twenty_thousand_files_are_saved_and_loaded_in_a_moment() => await MeasureAsync(200, saveSeconds: 5, loadSeconds: 2);

    /// <summary>Run by hand: <c>dotnet VirtualView.State.Tests.dll -explicit only -class '*ScaleTests'</c>. Results stand in docs/state.md.</summary>
    [Fact(Explicit = true)]
    public async Task A_million_files_are_saved_in_ten_seconds_and_loaded_in_two() => await MeasureAsync(10_000, saveSeconds: 10, loadSeconds: 2);

    private async Task MeasureAsync(int directories, double saveSeconds, double loadSeconds)
    {
        var output = TestContext.Current.TestOutputHelper!;
        var before = Heap();
        var tree = SampleTree.Of(directories, 100);
        var treeBytes = Heap() - before;
        await using (var store = await OpenAsync())
        {
            var save = await TimeAsync(async () => await store.SaveSnapshotAsync(null, tree, Cancel));
            var change = await TimeAsync(async () =>
                await store.SaveSnapshotAsync(tree, tree.With(SampleTree.Path(7), SampleTree.Directory(7, 100, 2), default), Cancel));
            Assert.InRange(save, 0, saveSeconds);
            Assert.InRange(change, 0, 1);
            output.WriteLine($"save {save:0.00} s, of one changed directory {change * 1000:0.0} ms");
        }

        output.WriteLine($"database {new FileInfo(Folder.Database).Length >> 20} MiB");
        GC.KeepAlive(tree);
        tree = null;
        await using var again = await OpenAsync();
        before = Heap();
        Snapshot? loaded = null;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var load = await TimeAsync(async () => loaded = await again.LoadSnapshotAsync(Cancel));
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var kept = Heap() - before;
        GC.KeepAlive(loaded);
        output.WriteLine($"load {load:0.00} s, allocated {allocated >> 20} MiB for a tree of {kept >> 20} MiB (built {treeBytes >> 20} MiB)");
        Assert.InRange(load, 0, loadSeconds);
        Assert.InRange(allocated, 0, kept * 1.3 + (8 << 20));
    }

    private static long Heap() => GC.GetTotalMemory(forceFullCollection: true);

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }
}
