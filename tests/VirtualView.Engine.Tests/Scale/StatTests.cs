using System.Diagnostics;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Engine.Options;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Scale;

/// <summary>What a lookup and a stat of a file cost inside the daemon, among many files.</summary>
[Collection(AloneCollection.Name)]
public sealed class StatTests
{
    /// <summary>Bytes rather than time: they are the same on a busy machine, and what allocates is what is slow.</summary>
    [Fact]
    public async Task A_stat_and_a_lookup_of_a_known_file_allocate_little()
    {
        await using var source = new Many(20, 1000);
        await using var world = await StartAsync(source);
        var file = await FileAsync(world, 0, 0);
        var (directory, name) = (await DirectoryAsync(world, 0), Many.File(0));
        await CallAsync(world, file, directory, name);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            await CallAsync(world, file, directory, name);

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1000, 0, 500);
    }

    /// <summary>Run by hand, in a Release build: <c>VirtualView.Engine.Tests -explicit only -showLiveOutput -class '*StatTests'</c>.</summary>
    [Fact(Explicit = true)]
    public async Task A_lookup_and_a_stat_among_a_million_files_take_20_microseconds_at_most()
    {
        const int directories = 1000;
        await using var source = new Many(directories, 1000);
        await using var world = await StartAsync(source);
        var found = new List<NodeId>();
        for (var at = 0; at < directories; at++)
            found.Add(await DirectoryAsync(world, at));

        const int samples = 200_000;
        var (first, again, stat) = (new double[samples], new double[samples], new double[samples]);
        var random = new Random(1);
        for (var i = 0; i < samples; i++)
        {
            var (directory, name) = (found[random.Next(directories)], Many.File(random.Next(1000)));
            var began = Stopwatch.GetTimestamp();
            var node = (await world.Files.LookupAsync(directory, name, TestWorld.Cancel)).Value.Node;
            first[i] = Microseconds(ref began);
            await world.Files.LookupAsync(directory, name, TestWorld.Cancel);
            again[i] = Microseconds(ref began);
            await world.Files.GetAttributesAsync(node, TestWorld.Cancel);
            stat[i] = Microseconds(ref began);
        }

        Show("first lookup", first);
        Show("lookup again", again);
        Show("stat", stat);
    }

    // Of single calls, because on a busy machine others run in the midst of some.
    private static void Show(string what, double[] microseconds)
    {
        Array.Sort(microseconds);
        var (median, late) = (microseconds[microseconds.Length / 2], microseconds[microseconds.Length * 99 / 100]);
        TestContext.Current.TestOutputHelper!.WriteLine($"{what}: median {median:0.00} us, 99th percentile {late:0.00} us");
        Assert.InRange(median, 0, 20);
    }

    private static double Microseconds(ref long began)
    {
        var (before, now) = (began, Stopwatch.GetTimestamp());
        began = now;
        return Stopwatch.GetElapsedTime(before, now).TotalMicroseconds;
    }

    // Both answers are at hand, so all of it runs on the caller's thread.
    private static async ValueTask CallAsync(TestWorld world, NodeId file, NodeId directory, PathName name)
    {
        Assert.True((await world.Files.GetAttributesAsync(file, TestWorld.Cancel)).IsOk);
        Assert.True((await world.Files.LookupAsync(directory, name, TestWorld.Cancel)).IsOk);
    }

    private static async Task<TestWorld> StartAsync(Many source)
    {
        var world = new TestWorld();
        await world.OpenAsync([], [new MappingOptions { At = VirtualPath.Root, Sources = [source.Id] }], others: [source]);
        return world;
    }

    private static async Task<NodeId> FileAsync(TestWorld world, int directory, int file) =>
        (await world.LookupAsync($"/{Many.Directory(directory)}/{Many.File(file)}")).Value.Node;

    private static async Task<NodeId> DirectoryAsync(TestWorld world, int at)
    {
        await FileAsync(world, at, 0); // lists it
        return (await world.LookupAsync($"/{Many.Directory(at)}")).Value.Node;
    }
}
