using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Simulation.Disk;
using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Remote;
using VirtualView.Simulation.Scheduling;
using VirtualView.Simulation.Tests.Reference;

namespace VirtualView.Simulation.Tests.Remote;

/// <summary>One server, one connection to it, and a file of 10,000 bytes.</summary>
internal sealed class RemoteWorld
{
    public static readonly VirtualPath Path = VirtualPath.Parse("/d/f");

    public static readonly VirtualPath OtherPath = VirtualPath.Parse("/d/g");

    public RemoteWorld(bool hasTags, ListingDetail listing = ListingDetail.Full, ulong seed = 1)
    {
        Scheduler = new SeededScheduler(seed);
        Life = new Life(1, Scheduler.Clock);
        Store = new RemoteStore(SimulatedStateStore.Identify("s"), new SourcePlan("s", hasTags, listing, 10), Truth, Scheduler.Clock);
        Source = new SimulatedSource(Store, Life, SeededRandom.For(seed, "source"));
        Store.WriteAged(Path, 10_000, TimeSpan.FromSeconds(100));
    }

    public SeededScheduler Scheduler { get; }

    public Life Life { get; }

    public Truth Truth { get; } = new();

    public RemoteStore Store { get; }

    public SimulatedSource Source { get; }

    public Validator Shown => Store.Show(Store.Find(Path)!);

    public Task PassAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Scheduler.Clock);

    /// <summary>Reads the whole file, and tells how much of it came.</summary>
    public async Task<(SourceOutcome<Validator> Outcome, byte[] Bytes)> ReadAsync(Validator expected)
    {
        var into = new byte[expected.SizeBytes];
        var sink = new ReferenceSink(into);
        var outcome = await Source.ReadAsync(Path, new ByteRange(0, into.Length), expected, sink, CancellationToken.None);
        return (outcome, into[..sink.Filled]);
    }
}
