using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Engine.Options;
using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Remote;
using VirtualView.Simulation.Runs;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Tests.Runs;

/// <summary>Two servers in one mapping, each with an aged file of its own.</summary>
internal sealed class SmallWorld
{
    public static readonly VirtualPath OfFirst = VirtualPath.Parse("/f0");

    public static readonly VirtualPath OfSecond = VirtualPath.Parse("/f1");

    public SmallWorld(bool hasTags = true, ListingDetail listing = ListingDetail.Full)
    {
        var sources = ImmutableArray.Create(new SourcePlan("s0", hasTags, listing, 3), new SourcePlan("s1", hasTags, listing, 3));
        var files = ImmutableArray.Create(new FilePlan(0, "/f0", 5000, 1000), new FilePlan(1, "/f1", 5000, 1000));
        World = new World(
            new SimulationPlan(1, new WorldPlan(sources, [new MappingPlan("/", [0, 1], SameRule.Checksum)], files, 4096, 100, 8192, 0, PollSeconds: 5), []),
            Scheduler.Clock);
    }

    public SeededScheduler Scheduler { get; } = new(1);

    public World World { get; }

    public DateTimeOffset Now => Scheduler.Clock.GetUtcNow();

    public RemoteStore First => World.Stores[0];

    public Task PassAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Scheduler.Clock);
}
